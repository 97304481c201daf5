import { App, Duration } from 'cdk8s';
import {
  DeliveryKind, ExternalRefresh, RemoteNaming, SecretDelivery, SecretPolicy, SecretRollout, SensitiveValue, StoreReference,
} from 'cdk8s-secrets';
import { shop } from './shop';

// Production and CI come first: no value is set yet, and none is needed.

const production = new App();
SecretPolicy.of(production).forbidPlaintext();
SecretPolicy.of(production).allowDeliveries(DeliveryKind.EXTERNAL);
SecretDelivery.external({ // fetched from Vault by the External Secrets operator
  store: StoreReference.clusterSecretStore('vault'),
  naming: RemoteNaming.entryPerSecret('shop/{name}'),
  refresh: ExternalRefresh.every(Duration.minutes(15)),
}).useFor(production);
shop(production, 'production', SecretRollout.reloader());
production.synth();

const ci = new App();
SecretDelivery.existing().useFor(ci); // made by hand, once, in the cluster of the integration tests
shop(ci, 'ci', SecretRollout.none());
ci.synth();

// What a developer has in the environment.
process.env.SHOP_DB_USER ??= 'shop-app';
process.env.SHOP_DB_PASSWORD ??= 'correct horse battery staple';
process.env.SHOP_PAYMENT_KEY ??= 'pk-5f0c2d9b71';
process.env.SHOP_SEALING_KEY ??= 'the key of an example, which is no secret';

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
