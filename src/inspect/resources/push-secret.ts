import { checkDuration, checkExternalTemplate } from './external-secret';
import { checkGenerator, checkStore } from './references';
import type { ResourceRules } from './rules-of-resource';
import { didYouMeanAmong } from '../../errors/suggest';
import { checkUse } from '../checks/references';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { generatorReference, generatorSettings, isWithoutMemory } from '../model/generators';
import { reproachOfKeys } from '../model/known-here';
import type { KnownSecret } from '../model/known-secrets';
import type { Manifest } from '../model/manifest';
import { isRecord, list, record, text } from '../model/untyped';
import { quote } from '../quote';

type Fields = Readonly<Record<string, unknown>>;

/** The rules of what a PushSecret says, in itself or in a ClusterPushSecret that makes it. */
export function pushSecretRules(...fields: readonly string[]): ResourceRules {
  const path = FieldPath.of(['spec', ...fields]);
  const within = (spec: Fields) => fields.reduce<Fields>((at, field) => record(at[field]), spec);
  const isClusterWide = fields.length > 0;
  return {
    validate: ({ findings }, spec) => checkDuration(within(spec).refreshInterval, path.child('refreshInterval'), findings),
    check: (manifest, spec, cluster) => checkSpec(within(spec), path, manifest, cluster, isClusterWide),
  };
}

function checkSpec(spec: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster, isClusterWide: boolean): void {
  list(spec.secretStoreRefs).forEach((reference, index) => checkStore(reference, path.child('secretStoreRefs').index(index), manifest, cluster, isClusterWide));
  const selector = record(spec.selector);
  const generator = generatorReference(selector.generatorRef);
  if (generator !== undefined) {
    const at = path.child('selector').child('generatorRef');
    if (!isClusterWide) checkGenerator(generator, at, manifest, cluster);
    const settings = generatorSettings(generator, manifest.namespace, cluster.resources);
    if (isWithoutMemory(settings) && spec.updatePolicy !== 'IfNotExists') {
      manifest.findings.surprises('RegeneratedSecret', at, `the ${settings.kind} ${quote(generator.name)} makes a new value at every refresh, which replaces the one in the store`,
        'write updatePolicy: IfNotExists, unless the value is meant to rotate');
    }
  }
  const source = isClusterWide ? undefined : sourceOf(record(selector.secret), path.child('selector').child('secret'), manifest, cluster);
  if (source?.keys !== undefined) checkKeys(spec, path, source.keys, reproachOfKeys(source, manifest, cluster));
  checkExternalTemplate(record(spec.template), path.child('template'), manifest, cluster, source?.keys);
}

/** The Secret that is pushed, where it is known. */
function sourceOf(secret: Fields, path: FieldPath, manifest: Manifest, cluster: Cluster): KnownSecret | undefined {
  const name = text(secret.name);
  return name === '' ? undefined : checkUse({ manifest, name, field: path.child('name'), without: 'there is nothing to push', tolerated: true }, cluster);
}

function checkKeys(spec: Fields, path: FieldPath, keys: ReadonlySet<string>, reproach: Manifest['findings']['fails']): void {
  const template = record(spec.template);
  if (template.templateFrom !== undefined) return;
  const made = Object.keys(record(template.data));
  const there = made.length === 0 ? keys : new Set([...made, ...template.mergePolicy === 'Merge' ? keys : []]);
  list(spec.data).forEach((entry, index) => {
    const { match } = record(entry);
    const key = isRecord(match) ? text(match.secretKey) : '';
    if (key === '' || there.has(key)) return;
    reproach('UnknownKey', path.child('data').index(index).child('match').child('secretKey'), `what is pushed has no key ${quote(key)}`, didYouMeanAmong(key, there, 'keys'));
  });
}
