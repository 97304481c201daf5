import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.AppProps;
import org.cdk8s.Chart;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.plus28.PodSecurityContextProps;
import org.cdk8s.plus28.ServiceAccount;
import org.cdk8s.plus33.Service;
import org.cdk8s.plus33.ServicePort;
import org.cdk8s.plus33.StatefulSet;
import org.example.cdk8s.secrets.DockerConfigSecret;
import org.example.cdk8s.secrets.DockerRegistry;
import org.example.cdk8s.secrets.EnvFromBindingOptions;
import org.example.cdk8s.secrets.Errors;
import org.example.cdk8s.secrets.ExternalDeliveryOptions;
import org.example.cdk8s.secrets.FilesBindingOptions;
import org.example.cdk8s.secrets.RemoteRef;
import org.example.cdk8s.secrets.SealedDeliveryOptions;
import org.example.cdk8s.secrets.Secret;
import org.example.cdk8s.secrets.SecretBackedFunction;
import org.example.cdk8s.secrets.SecretBinding;
import org.example.cdk8s.secrets.SecretDelivery;
import org.example.cdk8s.secrets.SecretRollout;
import org.example.cdk8s.secrets.FileValueOptions;
import org.example.cdk8s.secrets.SensitiveValue;
import org.example.cdk8s.secrets.StoreReference;

/** The program of ../typescript/program.ts in Java: it must write the same bytes. Without an argument it makes mistakes, a line each. */
public final class Program {
    private static ApiObjectMetadata named(String name) {
        return ApiObjectMetadata.builder().name(name).build();
    }

    private static Chart inNamespace(App app, String id, String namespace) {
        return Chart.Builder.create(app, id).namespace(namespace).build();
    }

    private static void program(String outdir) {
        App app = new App(AppProps.builder().outdir(outdir).build());

        // ---- plain: a literal, a variable and a file; variables, files and pull credentials; who may read it
        Chart plain = inNamespace(app, "plain", "shop");
        Secret db = Secret.Builder.create(plain, "Db").metadata(named("db")).data(Map.of(
            "username", SensitiveValue.fromLiteral("app"),
            "password", SensitiveValue.fromEnvironment("DB_PASSWORD"),
            "settings.txt", SensitiveValue.fromFile("settings.txt", FileValueOptions.builder().trimNewline(true).build())
        )).build();
        DockerConfigSecret registry = DockerConfigSecret.Builder.create(plain, "Registry").metadata(named("registry")).registries(List.of(
            DockerRegistry.builder().server("registry.example.com").username(SensitiveValue.fromLiteral("puller"))
                .password(SensitiveValue.fromEnvironment("REGISTRY_PASSWORD")).build()
        )).build();
        ServiceAccount account = ServiceAccount.Builder.create(plain, "Account").metadata(named("api")).build();
        Deployment api = Deployment.Builder.create(plain, "Api").metadata(named("api")).serviceAccount(account)
            .securityContext(PodSecurityContextProps.builder().fsGroup(2000).build())
            .containers(List.of(ContainerProps.builder().name("api").image("registry.example.com/api:1").portNumber(8080).build())).build();
        SecretBinding.all(
            SecretBinding.env("DB_USER", db.key("username")),
            SecretBinding.envFrom(db, EnvFromBindingOptions.builder().prefix("DB_").build()),
            SecretBinding.files("/etc/db", db, FilesBindingOptions.builder().items(Map.of("password", "deep/password")).mode("0440").build()),
            SecretBinding.imagePull(registry)
        ).applyTo(api);
        SecretRollout.checksum().applyTo(api);
        db.getGrants().read(account);

        // ---- a workload of another cdk8s-plus
        StatefulSet worker = StatefulSet.Builder.create(plain, "Worker").metadata(named("worker"))
            .service(Service.Builder.create(plain, "Workers").metadata(named("workers"))
                .ports(List.of(ServicePort.builder().port(80).build())).build())
            .securityContext(org.cdk8s.plus33.PodSecurityContextProps.builder().fsGroup(2000).build())
            .containers(List.of(org.cdk8s.plus33.ContainerProps.builder()
                .name("worker").image("registry.example.com/worker:1").portNumber(80).build())).build();
        SecretBinding.env("DB_PASSWORD", db.key("password")).applyTo(worker);
        SecretRollout.checksum().applyTo(worker);

        // ---- a function of OpenFaaS
        Chart functions = inNamespace(app, "functions", "openfaas-fn");
        Secret apiKey = Secret.Builder.create(functions, "ApiKey").metadata(named("secret-api-key"))
            .data(Map.of("secret-api-key", SensitiveValue.fromLiteral("R^YqzKzSJw51K9zP"))).build();
        SecretBackedFunction.Builder.create(functions, "ProtectedApi").name("protectedapi").image("functions/api-key-protected:latest")
            .environment(Map.of("write_debug", "true")).secrets(List.of(apiKey)).build();

        // ---- fetched by the cluster
        Chart external = inNamespace(app, "external", "shop");
        SecretDelivery.external(ExternalDeliveryOptions.builder().store(StoreReference.clusterSecretStore("vault")).build()).useFor(external);
        Secret payment = Secret.Builder.create(external, "Payment").metadata(named("payment")).data(Map.of(
            "api-key", SensitiveValue.fromRemote(RemoteRef.builder().key("shop/payment").property("key").build())
        )).build();
        Deployment pay = Deployment.Builder.create(external, "Pay").metadata(named("pay"))
            .containers(List.of(ContainerProps.builder().name("pay").image("registry.example.com/pay:1").portNumber(8080).build())).build();
        SecretBinding.env("API_KEY", payment.key("api-key")).applyTo(pay);
        SecretRollout.reloader().applyTo(pay);

        // ---- sealed for the repository
        Chart sealed = inNamespace(app, "sealed", "shop");
        SecretDelivery.sealed(SealedDeliveryOptions.builder().certificate("sealed-secrets.pem")
            .determinismKey(SensitiveValue.fromEnvironment("SEALING_KEY")).build()).useFor(sealed);
        Secret.Builder.create(sealed, "Mail").metadata(named("mail"))
            .data(Map.of("password", SensitiveValue.fromEnvironment("MAIL_PASSWORD"))).build();

        app.synth();
    }

    /** Prints the name of the mistake and its code, and then the trace, in which the test looks for the value. */
    private static void refused(String name, Consumer<Chart> action) {
        try {
            action.accept(inNamespace(new App(), "c", "shop"));
            System.out.println(name + ": nothing");
        } catch (RuntimeException exception) {
            System.out.println(name + ": " + Errors.codeOf(exception.getMessage()));
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace));
            System.out.println("trace " + trace.toString().replace('\n', ' '));
        }
    }

    private static Secret secret(Chart chart, Object value) {
        return Secret.Builder.create(chart, "Db").data(Map.of("password", value)).build();
    }

    private static void mistakes() {
        String canary = System.getenv("CANARY");
        refused("a plain text in data", chart -> secret(chart, canary));
        refused("an unknown key", chart -> secret(chart, SensitiveValue.fromLiteral(canary)).key("passwrd"));
        refused("a value in a text", chart -> SensitiveValue.fromLiteral("postgres://" + SensitiveValue.fromLiteral(canary) + "@db"));
        refused("a variable that is not set at synth", chart -> {
            secret(chart, SensitiveValue.fromEnvironment("NO_SUCH_VARIABLE"));
            App.of(chart).synthYaml();
        });
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0) program(arguments[0]);
        else mistakes();
        System.exit(0);
    }
}
