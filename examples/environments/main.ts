import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import {
  CertificateIssuer, DeliveryKind, ExternalRefresh, FluxSource, RemoteNaming, SecretDelivery, SecretOrdering, SecretPolicy, SecretRollout,
  SensitiveValue, StoreReference, VaultEngine, VaultOperatorAuth, VaultOperatorMethod,
} from 'cdk8s-secrets';
import { entrance } from './entrance';
import { report } from './report';
import { shop } from './shop';

// Production, Vault and CI come first: no value is set yet, and none is needed.

const production = new App();
SecretPolicy.of(production).forbidPlaintext();
SecretPolicy.of(production).allowDeliveries(DeliveryKind.EXTERNAL, DeliveryKind.CERTIFICATE);
SecretDelivery.external({ // fetched from Vault by the External Secrets operator
  store: StoreReference.clusterSecretStore('vault'),
  naming: RemoteNaming.entryPerSecret('shop/{name}'),
  refresh: ExternalRefresh.every(Duration.minutes(15)),
}).useFor(production);
entrance(shop(production, 'production', SecretRollout.reloader()).api, SecretDelivery.certificate({ // asked for, and renewed, by cert-manager
  issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
  dnsNames: ['shop.example.com'],
}));
production.synth();

const vault = new App();
const login = new VaultOperatorAuth(new Chart(vault, 'vault-login', { namespace: 'shop' }), 'Login', {
  metadata: { name: 'shop' },
  method: VaultOperatorMethod.kubernetes({ role: 'shop', serviceAccount: 'api', audiences: ['vault'] }),
});
SecretDelivery.vault({ // made by Vault's own operator, which also restarts the pods
  engine: VaultEngine.keyValue('secret'),
  auth: login,
  naming: RemoteNaming.entryPerSecret('shop/{name}'),
  refreshAfter: Duration.minutes(15),
}).useFor(vault);
entrance(shop(vault, 'vault', SecretRollout.checksum()).api, SecretDelivery.vault({ // issued by Vault's authority
  engine: VaultEngine.pki({ mount: 'pki', role: 'shop', commonName: 'shop.example.com', ttl: Duration.days(30), renewBefore: Duration.days(10) }),
  auth: login,
}));
vault.synth();

const ci = new App();
SecretDelivery.existing().useFor(ci); // made by hand, once, in the cluster of the integration tests
shop(ci, 'ci', SecretRollout.none());
ci.synth();

// What a developer has in the environment.
process.env.SHOP_DB_USER ??= 'shop-app';
process.env.SHOP_DB_PASSWORD ??= 'correct horse battery staple';
process.env.SHOP_PAYMENT_KEY ??= 'pk-5f0c2d9b71';
process.env.SHOP_SEALING_KEY ??= 'the key of an example, which is no secret';
process.env.SHOP_SOPS_KEY ??= 'another key of an example, which is no secret';

const laptop = new App();
SecretDelivery.manifest().useFor(laptop); // plain Secrets, for a cluster on the developer's own machine
shop(laptop, 'laptop', SecretRollout.checksum());
laptop.synth();

const gitops = new App();
SecretDelivery.sealed({ // encrypted for the cluster, fit for the repository that Argo CD or Flux reads
  certificate: 'sealed-secrets.pem',
  determinismKey: SensitiveValue.fromEnvironment('SHOP_SEALING_KEY'),
}).useFor(gitops);
shop(gitops, 'gitops', SecretRollout.checksum());
gitops.synth();

const flux = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE }); // a folder for each chart, which Flux applies in their order
SecretDelivery.sops({ // encrypted for whoever has a key of age: Flux, and who is on call
  age: ['age1jsq2ry7mtx6cc2gf6vv2prxs7mmsr70fmazzqa8rq3rtp2mh9dzs788vwk', 'age17e5kc27sqtunk08xp4502ygf8fkpeyct9jcah7me4xslp32ljsjqu2k6sf'],
  determinismKey: SensitiveValue.fromEnvironment('SHOP_SOPS_KEY'),
}).useFor(flux);
SecretOrdering.fluxDependsOn({ // a Kustomization for each chart, which decrypts what is in it and waits for what it needs
  chart: new Chart(flux, 'flux-system', { namespace: 'flux-system' }),
  source: FluxSource.gitRepository('shop'),
  path: './dist',
  decryptionSecretName: 'sops-age',
}).useFor(flux);
report(flux, 'flux-report', shop(flux, 'flux', SecretRollout.checksum()).database);
flux.synth();
