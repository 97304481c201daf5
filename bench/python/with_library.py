"""Functions of OpenFaaS with the library: prints the seconds to construct and synthesize them."""
import sys
import tempfile
import time

from cdk8s import App, Chart
from cdk8s_secrets import Secret, SecretBackedFunction, SensitiveValue

started = time.perf_counter()
app = App(outdir=tempfile.mkdtemp())
chart = Chart(app, "functions", namespace="openfaas-fn")
for index in range(int(sys.argv[1])):
    name = f"fn-{index}"
    key = f"{name}-key"
    secret = Secret(chart, f"{name}-secret", metadata={"name": key}, data={key: SensitiveValue.from_literal(f"value of {name}")})
    SecretBackedFunction(chart, name, name=name, image="functions/api-key-protected:latest", secrets=[secret])
app.synth()
print(time.perf_counter() - started)
