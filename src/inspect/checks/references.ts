import type { Codes } from '../../errors/codes';
import { didYouMeanAmong } from '../../errors/suggest';
import { dataKey } from '../../kubernetes/keys';
import { dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import type { FieldPath } from '../field-path';
import type { Code } from '../findings-of-object';
import { MissingSecrets } from '../inspection-options';
import type { Cluster } from '../model/cluster';
import { needsPullSecret, NOT_EVEN_CACHED, VERIFIES_CACHED_SINCE } from '../model/image-pulls';
import { isKnownHere } from '../model/known-here';
import { Nearness, type KnownSecret } from '../model/known-secrets';
import type { Manifest } from '../model/manifest';
import { isFunction } from '../model/openfaas-function';
import { isMounted, type PodContext } from '../model/pod-context';
import { secretReferences, SecretUse, type SecretReference } from '../model/secret-references';
import { quote } from '../quote';

/** The code of this rule. */
export const REFERENCE_CODES = {
  UnknownSecret: {
    cause: 'Something uses a Secret that no manifest makes and that was not declared as existing: the pod waits for ever with CreateContainerConfigError or FailedMount, or an image is pulled without credentials.',
    example: 'envFrom: [{ secretRef: { name: bd } }] where the Secret is called "db"',
    fix: 'Correct the name, add the manifest, or declare the Secret as existing.',
    warns: 'where whatever uses it goes on without: an Ingress, a gateway, a ServiceAccount, a pull secret (of an image that may be private and is not pulled each time, only until 1.34); and in a repository, where something else may make it',
  },
} as const satisfies Codes;

/** Where it cannot be told in which namespace a Secret must be. */
export const ANYWHERE = null;

/** A use of a Secret by something that must find it. */
interface Use {
  /** What uses it. */
  readonly manifest: Manifest;
  readonly name: string;
  /** Where it must be: in the namespace of what uses it, if nothing is said. */
  readonly namespace?: string | typeof ANYWHERE;
  /** The field that names it. */
  readonly field: FieldPath;
  /** What happens where it is not there. */
  readonly without: string;
  /** Whether whatever uses it goes on without it. */
  readonly tolerated: boolean;
  /** The minor version since which it does not. */
  readonly fatalSince?: number;
}

/** References of pods to Secrets and keys that will not be there. */
export function checkReferences(context: PodContext): void {
  const { pod, containers, volumes } = context;
  const unused = volumes.filter(({ volume }) => !isMounted(volume.name, containers)).map(({ path }) => `${path.toString()}.`);
  for (const reference of secretReferences(pod.spec, pod.path)) {
    // The kubelet never looks for what is in a volume that no container mounts.
    if (unused.some(volume => reference.field.toString().startsWith(volume))) continue;
    checkReference(reference, context);
  }
}

function checkReference(reference: SecretReference, context: PodContext): void {
  const { manifest, cluster, namespace, out } = context;
  const { secretName: name, key, how, optional, field } = reference;
  if (optional && how !== SecretUse.IMAGE_PULL && cluster.secrets.get(namespace, name) === undefined) return;
  const pulls = how === SecretUse.IMAGE_PULL;
  const isNeeded = pulls && needsPullSecret(name, context);
  const without = isNeeded ? `${CONSEQUENCES[how]}, ${NOT_EVEN_CACHED}` : CONSEQUENCES[how];
  const secret = checkUse({ manifest, name, field, without, tolerated: pulls, fatalSince: isNeeded ? VERIFIES_CACHED_SINCE : undefined }, cluster);
  if (key === undefined) return;
  if (dataKey(key).length > 0) {
    out.fails('InvalidKey', field, `no Secret can have the key ${quote(key)}`, 'name a key that it has');
  } else if (secret?.keys !== undefined && !secret.keys.has(key)) {
    const message = `the Secret ${quote(name)} has no key ${quote(key)}`;
    const next = didYouMeanAmong(key, secret.keys, 'keys');
    if (optional) out.surprises('UnknownKey', field, `${message}, and as the reference is optional, nobody says so`, next);
    else if (isKnownHere(secret, manifest, cluster)) out.fails('UnknownKey', field, `${message}: ${CONSEQUENCES[how]}`, next);
    else out.elsewhere('UnknownKey', field, `${message}: unless something else adds it, ${CONSEQUENCES[how]}`, next, JSON.stringify([namespace, name, key]));
  }
}

const CONSEQUENCES: Readonly<Record<SecretUse, string>> = {
  [SecretUse.ENV]: 'the container does not start (CreateContainerConfigError)',
  [SecretUse.ENV_FROM]: 'the container does not start (CreateContainerConfigError)',
  [SecretUse.VOLUME]: 'the pod does not start (FailedMount)',
  [SecretUse.PROJECTED_VOLUME]: 'the pod does not start (FailedMount)',
  [SecretUse.VOLUME_DRIVER]: 'the pod does not start (FailedMount)',
  [SecretUse.IMAGE_PULL]: 'images are pulled without credentials',
};

/** Finds the Secret of a use, and reports where it will not be there. */
export function checkUse(use: Use, cluster: Cluster): KnownSecret | undefined {
  const { manifest, name, field, without, tolerated } = use;
  const { findings: out } = manifest;
  const where = use.namespace === undefined ? manifest.namespace : use.namespace;
  const namespace = where ?? '';
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) {
    reproach(use, 'InvalidName', `no Secret can have the name ${quote(name)}: ${wrong.join(', ')}`, 'name a Secret that there is');
    return undefined;
  }
  const found = cluster.secrets.find(namespace, name);
  if (!tolerated && isFunction(manifest) && isUndeclared(found?.secret, cluster)) {
    warnOfFunction(use, cluster);
    return found?.secret;
  }
  if (found === undefined) {
    const message = `no manifest makes a Secret ${quote(name)}: ${without}`;
    const next = cluster.secrets.suggest(namespace, name);
    if (cluster.missingSecrets === MissingSecrets.ERROR) reproach(use, 'UnknownSecret', message, next);
    else if (cluster.missingSecrets === MissingSecrets.WARN) out.elsewhere('UnknownSecret', field, message, next, JSON.stringify([namespace, name]));
    return undefined;
  }
  const { secret, nearness } = found;
  if (where === ANYWHERE || manifest.source.moved) return secret;
  if (nearness === Nearness.ELSEWHERE && !isKnownHere(secret, manifest, cluster)) {
    if (cluster.missingSecrets === MissingSecrets.WARN) {
      out.elsewhere('UnknownSecret', field, `no manifest makes a Secret ${quote(name)} in the namespace ${quote(namespace)}: ${without}`,
        `add its manifest, or declare it as existing; there is one in the namespace ${quote(secret.namespace!)}`, JSON.stringify([namespace, name]));
    }
    return undefined;
  }
  if (nearness === Nearness.ELSEWHERE) {
    reproach(use, 'NamespaceMismatch', `the Secret ${quote(name)} is in the namespace ${quote(secret.namespace!)}, and can only be used from there: ${without}`,
      `make it in the namespace ${quote(namespace)}`);
    return undefined;
  }
  if (nearness === Nearness.UNSURE) {
    const named = namespace === '' ? secret.namespace! : namespace;
    out.surprises('NamespaceMismatch', field, `of the Secret ${quote(name)} and what uses it, only one names a namespace, ${quote(named)}; both must be in one`,
      'name the namespace in both');
  }
  return secret;
}

/** Reports what is wrong with a use, as severely as it is bad for what uses it. */
function reproach({ manifest: { findings: out }, field, tolerated, fatalSince }: Use, code: Code, message: string, next: string): void {
  if (!tolerated) out.fails(code, field, message, next);
  else if (fatalSince === undefined) out.surprises(code, field, message, next);
  else out.failsSince(fatalSince, code, field, message, next);
}

/** Whether nothing declares a Secret, and that is worth a warning. */
function isUndeclared(secret: KnownSecret | undefined, { missingSecrets }: Cluster): boolean {
  return secret === undefined ? missingSecrets === MissingSecrets.WARN : secret.isAssumed === true && missingSecrets !== MissingSecrets.IGNORE;
}

/** A secret of a function that nothing makes: OpenFaaS has commands of its own for it, so it may well be there. */
function warnOfFunction({ manifest: { namespace, name: fn, findings: out }, name, field }: Use, cluster: Cluster): void {
  const at = dns1123Label(namespace).length > 0 ? '' : ` --namespace ${namespace}`;
  out.surprises('UndeclaredFunctionSecret', field,
    `the function ${quote(fn)} names the secret ${quote(name)}, which nothing here declares; it must exist when the function is deployed`,
    cluster.secrets.suggest(namespace, name, `declare it, or make it: faas-cli secret create ${name}${at} --from-file=FILE, or kubectl create secret generic ${name}${at} --from-file=${name}=FILE`));
}
