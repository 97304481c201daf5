import { parse } from 'yaml';
import { CsiProvider, type RemoteRef } from '../../../src';
import { refusal } from '../../support/refusal';

const file = (path: string, ref: RemoteRef, mode?: number) => ({ path, ref, mode });
const entry = (key: string, property?: string, version?: string): RemoteRef => ({ key, property, version });

/** The parameters, with the lists in them parsed. */
function parsed(provider: CsiProvider, ...files: ReturnType<typeof file>[]): any {
  const parameters: Record<string, any> = { ...provider._variant.parameters(files) };
  for (const name of ['objects', 'secrets']) {
    if (name in parameters) parameters[name] = parse(parameters[name]);
  }
  return parameters;
}

test('Vault mounts fields of entries', () => {
  const provider = CsiProvider.vault({ roleName: 'shop', vaultAddress: 'https://v', vaultNamespace: 'n', vaultKubernetesMountPath: 'k8s' });
  expect(provider._variant.name).toBe('vault');
  expect(parsed(provider, file('password', entry('secret/data/db', 'password')), file('a/b', entry('secret/data/db'), 0o400))).toEqual({
    roleName: 'shop',
    vaultAddress: 'https://v',
    vaultNamespace: 'n',
    vaultKubernetesMountPath: 'k8s',
    objects: [
      { objectName: 'password', secretPath: 'secret/data/db', secretKey: 'password' },
      { objectName: 'a/b', secretPath: 'secret/data/db', filePermission: 256 },
    ],
  });
  expect(Object.keys(parsed(CsiProvider.vault({ roleName: 'shop' })))).toEqual(['roleName', 'objects']);
});

test('AWS names each entry once, with all of its properties', () => {
  const provider = CsiProvider.awsSecretsManager({ region: 'eu-central-1', usePodIdentity: true });
  expect(provider._variant.name).toBe('aws');
  expect(parsed(provider,
    file('password', entry('prod/db', 'password')),
    file('user', entry('prod/db', 'user-name'), 0o400),
    file('whole', entry('prod/db')),
    file('same', entry('same', undefined, 'v1'), 0o440),
    file('arn', entry('arn:aws:secretsmanager:eu-central-1:1:secret:a')),
  )).toEqual({
    region: 'eu-central-1',
    usePodIdentity: 'true',
    objects: [
      {
        objectName: 'prod/db',
        objectType: 'secretsmanager',
        objectAlias: 'whole',
        jmesPath: [{ path: 'password', objectAlias: 'password' }, { path: '"user-name"', objectAlias: 'user', filePermission: '0400' }],
      },
      { objectName: 'same', objectType: 'secretsmanager', objectVersion: 'v1', filePermission: '0440' },
      { objectName: 'arn:aws:secretsmanager:eu-central-1:1:secret:a', objectAlias: 'arn' },
    ],
  });
});

test('AWS keeps folders in paths only where it is told to', () => {
  expect(parsed(CsiProvider.awsParameterStore(), file('my-group/a', entry('/prod/a')))).toEqual({
    pathTranslation: 'False', objects: [{ objectName: '/prod/a', objectType: 'ssmparameter', objectAlias: 'my-group/a' }],
  });
});

test('Azure mounts secrets of a vault', () => {
  const provider = CsiProvider.azureKeyVault({ keyvaultName: 'kv', tenantId: 't', clientId: 'c' });
  expect(provider._variant.name).toBe('azure');
  const parameters = parsed(provider, file('tls.crt', entry('shop-tls', undefined, '7'), 0o400), file('a', entry('a')));
  expect({ ...parameters, objects: parameters.objects.array.map(parse) }).toEqual({
    keyvaultName: 'kv',
    tenantId: 't',
    clientID: 'c',
    usePodIdentity: 'false',
    objects: [
      { objectName: 'shop-tls', objectType: 'secret', objectAlias: 'tls.crt', objectVersion: '7', filePermission: '0400' },
      { objectName: 'a', objectType: 'secret' },
    ],
  });
  expect(parsed(CsiProvider.azureKeyVault({ keyvaultName: 'kv', tenantId: 't', userAssignedIdentityId: 'i' }), file('a', entry('a'))))
    .toMatchObject({ useVMManagedIdentity: 'true', userAssignedIdentityID: 'i' });
});

test('Google mounts versions of secrets of a project', () => {
  const provider = CsiProvider.googleSecretManager({ projectId: 'p' });
  expect(provider._variant.name).toBe('gcp');
  expect(parsed(provider, file('a', entry('db', 'password')), file('b', entry('x', undefined, '3'), 0o400))).toEqual({
    secrets: [
      { resourceName: 'projects/p/secrets/db/versions/latest', path: 'a', extractJSONKey: 'password' },
      { resourceName: 'projects/p/secrets/x/versions/3', path: 'b', mode: 256 },
    ],
  });
});

test('any other provider gets its parameters as they are', () => {
  const parameters = { objects: '- objectName: a\n', x: 'y' };
  const provider = CsiProvider.of('conjur', parameters);
  parameters.x = 'changed';
  expect([provider._variant.name, provider._variant.parameters([file('a', entry('a'))])]).toEqual(['conjur', { objects: '- objectName: a\n', x: 'y' }]);
});

const vault = CsiProvider.vault({ roleName: 'r' });
const aws = CsiProvider.awsSecretsManager();
const azure = CsiProvider.azureKeyVault({ keyvaultName: 'kv', tenantId: 't' });
test.each<[string, () => unknown]>([
  ['a version in Vault', () => parsed(vault, file('a', entry('a', 'b', '1')))],
  ['a property in Azure Key Vault', () => parsed(azure, file('a', entry('a', 'b')))],
  ['two files of one whole entry in AWS', () => parsed(aws, file('a', entry('x')), file('b', entry('x')))],
  ['two versions of one entry in AWS', () => parsed(aws, file('a', entry('x', 'a', '1')), file('b', entry('x', 'b', '2')))],
  ['a file with the name of its entry in AWS', () => parsed(aws, file('db', entry('db', 'a')))],
  ['a mode for another provider', () => parsed(CsiProvider.of('other', {}), file('a', entry('a'), 0o400))],
  ['a name with a blank', () => CsiProvider.of('my provider', {})],
  ['no name', () => CsiProvider.of('', {})],
  ['a name of 31 characters', () => CsiProvider.of('a'.repeat(31), {})],
  ['a parameter that is a list', () => CsiProvider.of('a', { objects: [] as never })],
])('fails with %s', (_, action) => {
  expect(refusal(action).code).toBe('InvalidProviderClass');
});
