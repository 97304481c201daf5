import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { SecretDelivery, TlsSecret } from 'cdk8s-secrets';

/**
 * What lets the world in, where there is one: a host name with a certificate. Nobody has the values of that; whoever delivers it makes them.
 */
export function entrance(api: kplus.Deployment, delivery: SecretDelivery): void {
  const chart = Chart.of(api);
  const host = 'shop.example.com';

  const tls = new TlsSecret(chart, 'Tls', { metadata: { name: 'tls' }, delivery });
  const ingress = new kplus.Ingress(chart, 'Entrance', { metadata: { name: 'shop' }, tls: [{ hosts: [host], secret: tls }] });
  ingress.addHostRule(host, '/', kplus.IngressBackend.fromService(api.exposeViaService({ name: 'api' })));
}
