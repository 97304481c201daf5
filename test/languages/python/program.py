"""The program of ../typescript/program.ts in Python: it must write the same bytes."""
import sys

import cdk8s_plus_28 as kplus
import cdk8s_plus_33 as kplus33
from cdk8s import App, Chart
from cdk8s_secrets import (
    DockerConfigSecret, DockerRegistry, Secret, SecretBackedFunction, SecretBinding, SecretDelivery, SecretRollout, SensitiveValue, StoreReference,
)

app = App(outdir=sys.argv[1])

# ---- plain: a literal, a variable and a file; variables, files and pull credentials; who may read it
plain = Chart(app, "plain", namespace="shop")
db = Secret(
    plain, "Db",
    metadata={"name": "db"},
    data={
        "username": SensitiveValue.from_literal("app"),
        "password": SensitiveValue.from_environment("DB_PASSWORD"),
        "settings.txt": SensitiveValue.from_file("settings.txt", trim_newline=True),
    },
)
registry = DockerConfigSecret(
    plain, "Registry",
    metadata={"name": "registry"},
    registries=[DockerRegistry(
        server="registry.example.com",
        username=SensitiveValue.from_literal("puller"),
        password=SensitiveValue.from_environment("REGISTRY_PASSWORD"),
    )],
)
account = kplus.ServiceAccount(plain, "Account", metadata={"name": "api"})
api = kplus.Deployment(
    plain, "Api",
    metadata={"name": "api"},
    service_account=account,
    security_context=kplus.PodSecurityContextProps(fs_group=2000),
    containers=[kplus.ContainerProps(name="api", image="registry.example.com/api:1", port_number=8080)],
)
SecretBinding.all(
    SecretBinding.env("DB_USER", db.key("username")),
    SecretBinding.env_from(db, prefix="DB_"),
    SecretBinding.files("/etc/db", db, items={"password": "deep/password"}, mode="0440"),
    SecretBinding.image_pull(registry),
).apply_to(api)
SecretRollout.checksum().apply_to(api)
db.grants.read(account)

# ---- a workload of another cdk8s-plus
worker = kplus33.StatefulSet(
    plain, "Worker",
    metadata={"name": "worker"},
    service=kplus33.Service(plain, "Workers", metadata={"name": "workers"}, ports=[kplus33.ServicePort(port=80)]),
    security_context=kplus33.PodSecurityContextProps(fs_group=2000),
    containers=[kplus33.ContainerProps(name="worker", image="registry.example.com/worker:1", port_number=80)],
)
SecretBinding.env("DB_PASSWORD", db.key("password")).apply_to(worker)
SecretRollout.checksum().apply_to(worker)

# ---- a function of OpenFaaS
functions = Chart(app, "functions", namespace="openfaas-fn")
api_key = Secret(
    functions, "ApiKey",
    metadata={"name": "secret-api-key"},
    data={"secret-api-key": SensitiveValue.from_literal("R^YqzKzSJw51K9zP")},
)
SecretBackedFunction(
    functions, "ProtectedApi",
    name="protectedapi",
    image="functions/api-key-protected:latest",
    environment={"write_debug": "true"},
    secrets=[api_key],
)

# ---- fetched by the cluster
external = Chart(app, "external", namespace="shop")
SecretDelivery.external(store=StoreReference.cluster_secret_store("vault")).use_for(external)
payment = Secret(
    external, "Payment",
    metadata={"name": "payment"},
    data={"api-key": SensitiveValue.from_remote(key="shop/payment", property="key")},
)
pay = kplus.Deployment(
    external, "Pay",
    metadata={"name": "pay"},
    containers=[kplus.ContainerProps(name="pay", image="registry.example.com/pay:1", port_number=8080)],
)
SecretBinding.env("API_KEY", payment.key("api-key")).apply_to(pay)
SecretRollout.reloader().apply_to(pay)

# ---- sealed for the repository
sealed = Chart(app, "sealed", namespace="shop")
SecretDelivery.sealed(certificate="sealed-secrets.pem", determinism_key=SensitiveValue.from_environment("SEALING_KEY")).use_for(sealed)
Secret(sealed, "Mail", metadata={"name": "mail"}, data={"password": SensitiveValue.from_environment("MAIL_PASSWORD")})

app.synth()
