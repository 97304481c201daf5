import {
  CertificateIssuer, CertificateKey, ContainerSelector, CsiProvider, ExternalRefresh, ExternalRewrite, ExternalSource, InfisicalProject, RemoteNaming,
  Secret, SecretBinding, SecretDelivery, SealedSecretScope, SensitiveValue, StoreReference, VaultEngine, VaultOperatorAuth, VaultOperatorMethod,
} from '../../src';
import { newChart } from '../support/charts';
import { findings, refusal } from '../support/refusal';

const store = StoreReference.clusterSecretStore('vault');
const declare = (delivery: SecretDelivery) => new Secret(newChart(), 'Db', { data: { a: SensitiveValue.fromDelivery() }, delivery });

/** Where something that only factories make is taken, with its class and the code for anything else. */
const PLACES: [string, object, string, (none: never) => unknown][] = [
  ['a CSI provider', CsiProvider, 'InvalidProviderClass', none => SecretDelivery.csi({ provider: none })],
  ['a CSI provider that is synced', CsiProvider, 'InvalidProviderClass', none => SecretDelivery.secretSync({ provider: none, serviceAccountName: 'a' })],
  ['an issuer', CertificateIssuer, 'InvalidDelivery', none => SecretDelivery.certificate({ issuer: none, dnsNames: ['a'] })],
  ['a private key', CertificateKey, 'InvalidDelivery', none => SecretDelivery.certificate({ issuer: CertificateIssuer.issuer('a'), dnsNames: ['a'], privateKey: none })],
  ['an engine', VaultEngine, 'InvalidDelivery', none => SecretDelivery.vault({ engine: none })],
  ['an engine of the agent', VaultEngine, 'InvalidDelivery', none => SecretDelivery.vaultAgent({ engine: none, role: 'a' })],
  ['a login', VaultOperatorMethod, 'InvalidDelivery', none => new VaultOperatorAuth(newChart(), 'Auth', { method: none })],
  ['a project', InfisicalProject, 'InvalidDelivery', none => SecretDelivery.infisical({ project: none, environment: 'a', authName: 'a' })],
  ['a refresh', ExternalRefresh, 'InvalidExternalSecret', none => SecretDelivery.external({ store, refresh: none })],
  ['a source', ExternalSource, 'InvalidExternalSecret', none => SecretDelivery.external({ store, sources: [none] })],
  ['a step that renames', ExternalRewrite, 'InvalidExternalSecret', none => ExternalSource.extract({ key: 'a' }, { rewrite: [none] })],
  ['a scope to seal for', SealedSecretScope, 'InvalidValue', none => SecretDelivery.sealed({ certificate: 'no-such-file', scope: none })],
  ['a selector of containers', ContainerSelector, 'UnknownContainer', none => SecretBinding.envFrom(declare(SecretDelivery.manifest()), { containers: none })],
];

test.each(PLACES)('%s that no factory made is refused with a code', (_, type, code, use) => {
  for (const none of [{}, 'text', 7, Reflect.construct(type as never, [])]) {
    expect(refusal(() => use(none as never)).code).toBe(code);
  }
});

test('a VaultAuth that is none is refused with a code', () => {
  for (const auth of ['shop', {}, 7]) {
    expect(refusal(() => declare(SecretDelivery.vault({ engine: VaultEngine.keyValue('secret'), auth: auth as never })))).toMatchObject({ code: 'InvalidDelivery' });
  }
});

test('a naming convention that no factory made is refused with a code', () => {
  for (const none of [{}, 'text', Reflect.construct(RemoteNaming as never, [])]) {
    expect(findings(declare(SecretDelivery.external({ store, naming: none as never })))[0]).toMatch(/^\[c\/Db\] InvalidExternalSecret: the naming convention is none/);
  }
});
