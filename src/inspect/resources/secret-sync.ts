import { checkKeysOfType } from './keys';
import type { ResourceRules } from './rules-of-resource';
import { reportUnfetched } from './secret-provider-class';
import { FieldPath } from '../field-path';
import { providerFiles } from '../model/provider-files';
import { list, record, text } from '../model/untyped';

const SPEC = FieldPath.ROOT.child('spec');

/** A SecretSync makes a Secret of what a SecretProviderClass fetches. */
export const SECRET_SYNC_RULES: ResourceRules = {
  check: ({ namespace, findings: out }, spec, cluster) => {
    const object = record(spec.secretObject);
    const entries = list(object.data).map(record);
    const at = SPEC.child('secretObject');
    checkKeysOfType(text(object.type), new Set(entries.map(({ targetKey }) => text(targetKey))), at.child('type'), out, 'add it to data');
    const providerClass = cluster.resources.find('secrets-store.csi.x-k8s.io', 'SecretProviderClass', text(spec.secretProviderClassName), namespace);
    if (providerClass === undefined) return;
    const { provider, parameters } = record(providerClass.raw.spec);
    const { files, problems } = providerFiles(text(provider), record(parameters));
    if (files === undefined || problems.length > 0) return;
    entries.forEach(({ sourcePath }, index) => {
      const path = text(sourcePath);
      if (path !== '' && !files.has(path)) reportUnfetched(path, at.child('data').index(index).child('sourcePath'), files, out);
    });
  },
};
