import type { IConstruct } from 'constructs';
import { manifestOf } from './charts';
import { findings } from './refusal';
import { customKind } from '../../src/crd/kinds';
import { vaultSchemas } from '../../src/inspect/resources/vault-schemas';

/**
 * The manifest of a secret that an operator makes. The app is inspected as a whole, with the definition of the object: it must be known,
 * and nothing may be said against it.
 */
export function strictManifestOf(secret: IConstruct): any {
  const manifest = manifestOf(secret);
  const [group, version] = manifest.apiVersion.split('/');
  expect(customKind(group, manifest.kind)?.versions[version] ?? vaultSchemas().roots[manifest.kind]).toBeDefined();
  expect(findings(secret)).toEqual([]);
  return manifest;
}
