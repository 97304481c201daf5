"""Functions of OpenFaaS by hand, with cdk8s-plus: prints the seconds to construct and synthesize them."""
import sys
import tempfile
import time

import cdk8s_plus_28 as kplus
from cdk8s import App, Chart, Duration

started = time.perf_counter()
app = App(outdir=tempfile.mkdtemp())
chart = Chart(app, "functions", namespace="openfaas-fn")
for index in range(int(sys.argv[1])):
    name = f"fn-{index}"
    labels = {"faas_function": name}
    secret = kplus.Secret(chart, f"{name}-secret", metadata={"name": f"{name}-key"}, string_data={f"{name}-key": f"value of {name}"})
    probe = kplus.Probe.from_http_get(
        "/_/health", port=8080, initial_delay_seconds=Duration.seconds(2), timeout_seconds=Duration.seconds(1), period_seconds=Duration.seconds(2))
    deployment = kplus.Deployment(
        chart, name,
        metadata={"name": name, "labels": labels, "annotations": {"prometheus.io.scrape": "false"}},
        pod_metadata={"name": name, "labels": labels, "annotations": {"prometheus.io.scrape": "false"}},
        select=False,
        replicas=1,
        strategy=kplus.DeploymentStrategy.rolling_update(
            max_unavailable=kplus.PercentOrAbsolute.absolute(0), max_surge=kplus.PercentOrAbsolute.absolute(1)),
    )
    deployment.select(kplus.LabelSelector.of(labels=labels))
    container = deployment.add_container(
        name=name,
        image="functions/api-key-protected:latest",
        ports=[kplus.ContainerPort(name="http", number=8080, protocol=kplus.Protocol.TCP)],
        image_pull_policy=kplus.ImagePullPolicy.ALWAYS,
        liveness=probe,
        readiness=probe,
        resources=kplus.ContainerResources(),
        security_context=kplus.ContainerSecurityContextProps(ensure_non_root=False, read_only_root_filesystem=False),
    )
    volume = kplus.Volume.from_secret(
        chart, f"{name}-volume", secret, name=f"{name}-projected-secrets", items={f"{name}-key": kplus.PathMapping(path=f"{name}-key")})
    container.mount("/var/openfaas/secrets", volume, read_only=True)
    service = kplus.Service(
        chart, f"{name}-service",
        metadata={"name": name, "annotations": {"prometheus.io.scrape": "false"}},
        type=kplus.ServiceType.CLUSTER_IP,
        ports=[kplus.ServicePort(name="http", port=8080, target_port=8080)],
    )
    service.select_label("faas_function", name)
app.synth()
print(time.perf_counter() - started)
