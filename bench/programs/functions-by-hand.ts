import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { measureSynth } from './measure-synth';

// The Secret, Deployment and Service of an OpenFaaS function, as near as cdk8s-plus comes to what OpenFaaS makes.
measureSynth((chart, name, key, value) => {
  const secret = new kplus.Secret(chart, `${name}-secret`, { metadata: { name: key }, stringData: { [key]: value } });

  const deployment = new kplus.Deployment(chart, name, {
    metadata: { name, labels: { faas_function: name }, annotations: { 'prometheus.io.scrape': 'false' } },
    podMetadata: { name, labels: { faas_function: name }, annotations: { 'prometheus.io.scrape': 'false' } },
    select: false,
    replicas: 1,
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
      maxSurge: kplus.PercentOrAbsolute.absolute(1),
    }),
  });
  deployment.select(kplus.LabelSelector.of({ labels: { faas_function: name } }));
  const probe = kplus.Probe.fromHttpGet('/_/health', {
    port: 8080, initialDelaySeconds: Duration.seconds(2), timeoutSeconds: Duration.seconds(1), periodSeconds: Duration.seconds(2),
  });
  const container = deployment.addContainer({
    name,
    image: 'functions/api-key-protected:latest',
    ports: [{ name: 'http', number: 8080, protocol: kplus.Protocol.TCP }],
    imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
    liveness: probe,
    readiness: probe,
    resources: {},
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
  });
  container.mount('/var/openfaas/secrets', kplus.Volume.fromSecret(chart, `${name}-volume`, secret, {
    name: `${name}-projected-secrets`,
    items: { [key]: { path: key } },
  }), { readOnly: true });

  const service = new kplus.Service(chart, `${name}-service`, {
    metadata: { name, annotations: { 'prometheus.io.scrape': 'false' } },
    type: kplus.ServiceType.CLUSTER_IP,
    ports: [{ name: 'http', port: 8080, targetPort: 8080, protocol: kplus.Protocol.TCP }],
  });
  service.selectLabel('faas_function', name);
});
