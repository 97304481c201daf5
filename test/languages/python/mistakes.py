"""Does what goes wrong, and prints as JSON what Python says of each: the type, the code, and all of the trace."""
import json
import os
import traceback

from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, JsonPatch
from cdk8s_secrets import BasicAuthSecret, DockerConfigSecret, Errors, Secret, SecretProps, SensitiveValue

CANARY = os.environ["CANARY"]
mistakes = {}


def mistake(name, action):
    try:
        action(Chart(App(), "c", namespace="shop"))
    except Exception as error:
        mistakes[name] = {
            "type": type(error).__name__,
            "code": Errors.code_of(str(error)),
            "text": "".join(traceback.format_exception(error)),
        }


def config_map(chart, text):
    Secret(chart, "Db", data={"password": SensitiveValue.from_literal(CANARY)})
    ApiObject(chart, "Config", api_version="v1", kind="ConfigMap", metadata=ApiObjectMetadata(name="config")).add_json_patch(
        JsonPatch.add("/data", {"url": text})
    )
    App.of(chart).synth_yaml()


def unset(chart):
    Secret(chart, "Db", data={"password": SensitiveValue.from_environment("NO_SUCH_VARIABLE")})
    App.of(chart).synth_yaml()


mistake("a plain text in data", lambda chart: Secret(chart, "Db", data={"password": CANARY}))
mistake("a plain text in data given as a struct", lambda chart: Secret(chart, "Db", **SecretProps(data={"password": CANARY})._values))
mistake("a plain text as the password of a registry given as a dict", lambda chart: DockerConfigSecret(
    chart, "Registry", registries=[{"username": SensitiveValue.from_literal("puller"), "password": CANARY}],
))
mistake("a plain text as an argument", lambda chart: Secret(chart, "Db").add_data("password", CANARY))
mistake("a plain text as the user name of a BasicAuthSecret", lambda chart: BasicAuthSecret(
    chart, "Login", username=CANARY, password=SensitiveValue.from_literal(CANARY),
))
mistake("str() of a value in a literal", lambda chart: SensitiveValue.from_literal(f"postgres://{SensitiveValue.from_literal(CANARY)}@db"))
mistake("an unknown key", lambda chart: Secret(chart, "Db", data={"password": SensitiveValue.from_literal(CANARY)}).key("passwrd"))
mistake("a variable that is not set, at synth", unset)
mistake("str() of a value in a ConfigMap, at synth", lambda chart: config_map(chart, f"postgres://{SensitiveValue.from_literal(CANARY)}@db"))
mistake("a value in a ConfigMap, at synth", lambda chart: config_map(chart, f"postgres://{CANARY}@db"))
print(json.dumps(mistakes))
