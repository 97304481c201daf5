// The program of ../typescript/program.ts in Go: it must write the same bytes. Without an argument it makes mistakes, and prints each as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"example.com/cdk8s-secrets-go/cdk8ssecrets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
	kplus33 "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus33/v2"
)

func named(name string) *cdk8s.ApiObjectMetadata {
	return &cdk8s.ApiObjectMetadata{Name: jsii.String(name)}
}

func inNamespace(app cdk8s.App, id string, namespace string) cdk8s.Chart {
	return cdk8s.NewChart(app, jsii.String(id), &cdk8s.ChartProps{Namespace: jsii.String(namespace)})
}

func literal(text string) cdk8ssecrets.SensitiveValue {
	return cdk8ssecrets.SensitiveValue_FromLiteral(jsii.String(text))
}

func environment(name string) cdk8ssecrets.SensitiveValue {
	return cdk8ssecrets.SensitiveValue_FromEnvironment(jsii.String(name), nil)
}

func program(outdir string) {
	app := cdk8s.NewApp(&cdk8s.AppProps{Outdir: jsii.String(outdir)})

	// ---- plain: a literal, a variable and a file; variables, files and pull credentials; who may read it
	plain := inNamespace(app, "plain", "shop")
	db := cdk8ssecrets.NewSecret(plain, jsii.String("Db"), &cdk8ssecrets.SecretProps{
		Metadata: named("db"),
		Data: &map[string]interface{}{
			"username":     literal("app"),
			"password":     environment("DB_PASSWORD"),
			"settings.txt": cdk8ssecrets.SensitiveValue_FromFile(jsii.String("settings.txt"), &cdk8ssecrets.FileValueOptions{TrimNewline: jsii.Bool(true)}),
		},
	})
	registry := cdk8ssecrets.NewDockerConfigSecret(plain, jsii.String("Registry"), &cdk8ssecrets.DockerConfigSecretProps{
		Metadata: named("registry"),
		Registries: &[]*cdk8ssecrets.DockerRegistry{{
			Server:   jsii.String("registry.example.com"),
			Username: literal("puller"),
			Password: environment("REGISTRY_PASSWORD"),
		}},
	})
	account := kplus.NewServiceAccount(plain, jsii.String("Account"), &kplus.ServiceAccountProps{Metadata: named("api")})
	api := kplus.NewDeployment(plain, jsii.String("Api"), &kplus.DeploymentProps{
		Metadata:        named("api"),
		ServiceAccount:  account,
		SecurityContext: &kplus.PodSecurityContextProps{FsGroup: jsii.Number(2000)},
		Containers: &[]*kplus.ContainerProps{{
			Name: jsii.String("api"), Image: jsii.String("registry.example.com/api:1"), PortNumber: jsii.Number(8080),
		}},
	})
	cdk8ssecrets.SecretBinding_All(
		cdk8ssecrets.SecretBinding_Env(jsii.String("DB_USER"), db.Key(jsii.String("username")), nil),
		cdk8ssecrets.SecretBinding_EnvFrom(db, &cdk8ssecrets.EnvFromBindingOptions{Prefix: jsii.String("DB_")}),
		cdk8ssecrets.SecretBinding_Files(jsii.String("/etc/db"), db, &cdk8ssecrets.FilesBindingOptions{
			Items: &map[string]*string{"password": jsii.String("deep/password")}, Mode: jsii.String("0440"),
		}),
		cdk8ssecrets.SecretBinding_ImagePull(registry),
	).ApplyTo(api)
	cdk8ssecrets.SecretRollout_Checksum().ApplyTo(api)
	db.Grants().Read(account)

	// ---- a workload of another cdk8s-plus
	worker := kplus33.NewStatefulSet(plain, jsii.String("Worker"), &kplus33.StatefulSetProps{
		Metadata: named("worker"),
		Service: kplus33.NewService(plain, jsii.String("Workers"), &kplus33.ServiceProps{
			Metadata: named("workers"), Ports: &[]*kplus33.ServicePort{{Port: jsii.Number(80)}},
		}),
		SecurityContext: &kplus33.PodSecurityContextProps{FsGroup: jsii.Number(2000)},
		Containers: &[]*kplus33.ContainerProps{{
			Name: jsii.String("worker"), Image: jsii.String("registry.example.com/worker:1"), PortNumber: jsii.Number(80),
		}},
	})
	cdk8ssecrets.SecretBinding_Env(jsii.String("DB_PASSWORD"), db.Key(jsii.String("password")), nil).ApplyTo(worker)
	cdk8ssecrets.SecretRollout_Checksum().ApplyTo(worker)

	// ---- a function of OpenFaaS
	functions := inNamespace(app, "functions", "openfaas-fn")
	apiKey := cdk8ssecrets.NewSecret(functions, jsii.String("ApiKey"), &cdk8ssecrets.SecretProps{
		Metadata: named("secret-api-key"),
		Data:     &map[string]interface{}{"secret-api-key": literal("R^YqzKzSJw51K9zP")},
	})
	cdk8ssecrets.NewSecretBackedFunction(functions, jsii.String("ProtectedApi"), &cdk8ssecrets.SecretBackedFunctionProps{
		Name:        jsii.String("protectedapi"),
		Image:       jsii.String("functions/api-key-protected:latest"),
		Environment: &map[string]*string{"write_debug": jsii.String("true")},
		Secrets:     &[]cdk8ssecrets.ISecret{apiKey},
	})

	// ---- fetched by the cluster
	external := inNamespace(app, "external", "shop")
	cdk8ssecrets.SecretDelivery_External(&cdk8ssecrets.ExternalDeliveryOptions{
		Store: cdk8ssecrets.StoreReference_ClusterSecretStore(jsii.String("vault"), nil),
	}).UseFor(external)
	payment := cdk8ssecrets.NewSecret(external, jsii.String("Payment"), &cdk8ssecrets.SecretProps{
		Metadata: named("payment"),
		Data: &map[string]interface{}{
			"api-key": cdk8ssecrets.SensitiveValue_FromRemote(&cdk8ssecrets.RemoteRef{Key: jsii.String("shop/payment"), Property: jsii.String("key")}),
		},
	})
	pay := kplus.NewDeployment(external, jsii.String("Pay"), &kplus.DeploymentProps{
		Metadata: named("pay"),
		Containers: &[]*kplus.ContainerProps{{
			Name: jsii.String("pay"), Image: jsii.String("registry.example.com/pay:1"), PortNumber: jsii.Number(8080),
		}},
	})
	cdk8ssecrets.SecretBinding_Env(jsii.String("API_KEY"), payment.Key(jsii.String("api-key")), nil).ApplyTo(pay)
	cdk8ssecrets.SecretRollout_Reloader().ApplyTo(pay)

	// ---- sealed for the repository
	sealed := inNamespace(app, "sealed", "shop")
	cdk8ssecrets.SecretDelivery_Sealed(&cdk8ssecrets.SealedDeliveryOptions{
		Certificate: jsii.String("sealed-secrets.pem"), DeterminismKey: environment("SEALING_KEY"),
	}).UseFor(sealed)
	cdk8ssecrets.NewSecret(sealed, jsii.String("Mail"), &cdk8ssecrets.SecretProps{
		Metadata: named("mail"), Data: &map[string]interface{}{"password": environment("MAIL_PASSWORD")},
	})

	app.Synth()
}

type refusal struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// What an action panics with, and its code.
func refused(action func(constructs.Construct)) (result refusal) {
	defer func() {
		if recovered := recover(); recovered != nil {
			result.Text = fmt.Sprintf("%v\n%+v\n%#v", recovered, recovered, recovered)
			if code := cdk8ssecrets.Errors_CodeOf(fmt.Sprint(recovered)); code != nil {
				result.Code = *code
			}
		}
	}()
	action(inNamespace(cdk8s.NewApp(nil), "c", "shop"))
	return
}

func mistakes() {
	canary := os.Getenv("CANARY")
	secret := func(scope constructs.Construct, value interface{}) cdk8ssecrets.Secret {
		return cdk8ssecrets.NewSecret(scope, jsii.String("Db"), &cdk8ssecrets.SecretProps{Data: &map[string]interface{}{"password": value}})
	}
	inText := func(verb string) func(constructs.Construct) {
		return func(constructs.Construct) { literal("postgres://" + fmt.Sprintf(verb, literal(canary)) + "@db") }
	}
	out, _ := json.Marshal(map[string]refusal{
		"a plain text in data":              refused(func(scope constructs.Construct) { secret(scope, canary) }),
		"a pointer to a plain text in data": refused(func(scope constructs.Construct) { secret(scope, jsii.String(canary)) }),
		"an unknown key":                    refused(func(scope constructs.Construct) { secret(scope, literal(canary)).Key(jsii.String("passwrd")) }),
		"a value that was printed with %v":  refused(inText("%v")),
		"a value that was printed with %+v": refused(inText("%+v")),
		"a value that was printed with %#v": refused(inText("%#v")),
		"a value that was printed with %s":  refused(inText("%s")),
		"a variable that is not set at synth": refused(func(scope constructs.Construct) {
			secret(scope, environment("NO_SUCH_VARIABLE"))
			cdk8s.App_Of(scope).SynthYaml()
		}),
	})
	fmt.Println(string(out))
}

func main() {
	defer jsii.Close()
	if len(os.Args) > 1 {
		program(os.Args[1])
	} else {
		mistakes()
	}
}
