import { vaultKeys } from '../../../src/inspect/model/vault-keys';

const templates = { 'tls.crt': { text: 'a' } };

test.each<[string, string, object, string[] | undefined]>([
  ['templates, where all else is excluded', 'VaultStaticSecret', { excludeRaw: true, excludes: ['.*'], templates }, ['tls.crt']],
  ['the whole answer too, unless it is left out', 'VaultStaticSecret', { excludes: ['.*'], templates }, ['tls.crt', '_raw']],
  ['fields that are not known, where some are kept', 'VaultStaticSecret', { excludeRaw: true, templates }, undefined],
  ['what another object makes', 'VaultStaticSecret', { excludeRaw: true, excludes: ['.*'], transformationRefs: [] }, undefined],
  ['templates of a certificate', 'VaultPKISecret', { excludeRaw: true, excludes: ['.*'], templates }, ['tls.crt']],
  ['a certificate that the operator splits, where there are no templates', 'VaultPKISecret', { excludeRaw: true, excludes: ['.*'] }, undefined],
])('a Secret of Vault has %s', (_, kind, transformation, keys) => {
  expect(vaultKeys(kind, { transformation })).toEqual(keys && new Set(keys));
});
