import type { Codes } from '../../errors/codes';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import { areAppliedTogether, type Manifest } from '../model/manifest';
import { secretsOf } from '../model/secrets-of-manifest';
import { entryOf } from '../model/string-map';
import { quote } from '../quote';
import { isResource } from '../resources/is-resource';

/** The code of this rule. */
export const MADE_TWICE_CODES = {
  SecretMadeTwice: {
    cause: 'Two objects make one Secret: they replace what the other wrote, again and again, or one of them refuses to go on.',
    example: 'two Certificates with one secretName; an ExternalSecret and a Secret of one name',
    fix: 'Give each a Secret of its own.',
    warns: 'where each replaces what the other wrote',
  },
} as const satisfies Codes;

/** Annotations of a Secret that let a SealedSecret take it over. */
const TAKEN_OVER = ['sealedsecrets.bitnami.com/managed', 'sealedsecrets.bitnami.com/patch'];

/** Secrets that two objects make, of which one at least is a custom resource. */
export function checkMadeTwice(cluster: Cluster): void {
  const { manifests } = cluster;
  if (!manifests.some(isResource)) return;
  const makers = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (!manifest.readable || (manifest.kind !== 'Secret' && !isResource(manifest))) continue;
    for (const { name, namespace, adopted } of secretsOf(manifest, () => cluster.resources)) {
      if (name === '' || namespace === undefined || adopted === true) continue;
      const at = JSON.stringify([namespace, name]);
      const others = makers.get(at) ?? [];
      // what stands twice under one name is found as such
      const other = others.find(one => areAppliedTogether(one, manifest) && !(one.kind === manifest.kind && one.name === manifest.name));
      if (other !== undefined && (isResource(other) || isResource(manifest))) report(manifest, other, name);
      makers.set(at, others.length < 2 ? [...others, manifest] : others);
    }
  }
}

function report(manifest: Manifest, other: Manifest, secret: string): void {
  // it is said where it can be mended: of a Secret and a custom resource, at the custom resource
  const [at, beside] = isResource(manifest) ? [manifest, other] : [other, manifest];
  const path = FieldPath.ROOT.child('metadata').child('name');
  const both = `the ${beside.kind} ${quote(beside.name)} makes the Secret ${quote(secret)} too`;
  const next = 'let each make a Secret of its own';
  if (at.kind === 'Certificate' && beside.kind === 'Certificate') {
    at.findings.fails('SecretMadeTwice', FieldPath.ROOT.child('spec').child('secretName'), `${both}: cert-manager issues neither`, next);
  } else if (at.kind === 'SealedSecret' && beside.kind === 'Secret') {
    if (TAKEN_OVER.some(annotation => entryOf(beside.metadata.annotations, annotation) === 'true')) return;
    at.findings.fails('SecretMadeTwice', path, `${both}: the controller does not touch a Secret that it has not made`, `remove the Secret, or give it the annotation ${TAKEN_OVER[0]}: "true"`);
  } else {
    at.findings.surprises('SecretMadeTwice', path, `${both}: each replaces what the other wrote`, next);
  }
}
