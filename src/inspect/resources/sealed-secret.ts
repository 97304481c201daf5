import { checkKey, checkKeysOfType } from './keys';
import type { ResourceRules } from './rules-of-resource';
import { checkTemplate } from './templates';
import { illegalBase64Byte } from '../../kubernetes/base64';
import { FieldPath } from '../field-path';
import type { Cluster } from '../model/cluster';
import type { Manifest } from '../model/manifest';
import { record, text } from '../model/untyped';
import { quote } from '../quote';
import { sealedSecretsFunction } from '../template/template-functions';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');
const METADATA = FieldPath.ROOT.child('metadata');
const SCOPES = ['sealedsecrets.bitnami.com/cluster-wide', 'sealedsecrets.bitnami.com/namespace-wide'] as const;

export const SEALED_SECRET_RULES: ResourceRules = {
  check: (manifest, spec, cluster) => {
    checkScope(manifest, spec);
    checkNames(manifest, spec);
    checkValues(manifest, spec, cluster);
    checkSecret(manifest, spec);
  },
};

/** The controller takes the scope from the annotations of the SealedSecret itself, and only the text "true" for it. */
function checkScope({ metadata, findings: out }: Manifest, spec: Fields): void {
  const own = record(metadata.annotations);
  const sealed = record(record(record(spec.template).metadata).annotations);
  for (const annotation of SCOPES) {
    const path = METADATA.child('annotations').key(annotation);
    if (own[annotation] !== undefined && own[annotation] !== 'true') {
      out.surprises('SealedForAnotherName', path, 'only "true" makes this the scope: the controller reads the values as sealed for their name and namespace', 'write "true", or leave the annotation out');
    } else if (sealed[annotation] === 'true' && SCOPES.every(scope => own[scope] !== 'true')) {
      out.surprises('SealedForAnotherName', path, 'the template has the scope, and the SealedSecret itself has not: the controller reads the values as sealed for their name and namespace',
        'write the annotation into the metadata of the SealedSecret too');
    }
  }
}

/**
 * A SealedSecret that was renamed or moved after it was sealed, as kustomize does with names and namespaces: they are then
 * no longer those of its template, which kubeseal wrote down, and the controller can not decrypt it.
 */
function checkNames({ raw, findings: out }: Manifest, spec: Fields): void {
  const metadata = record(raw.metadata);
  const annotations = record(metadata.annotations);
  if (annotations['sealedsecrets.bitnami.com/cluster-wide'] === 'true') return;
  const isNamespaceWide = annotations['sealedsecrets.bitnami.com/namespace-wide'] === 'true';
  const sealed = record(record(spec.template).metadata);
  for (const field of isNamespaceWide ? ['namespace'] : ['name', 'namespace']) {
    const [now, then] = [text(metadata[field]), text(sealed[field])];
    if (then === '' || now === '' || now === then) continue;
    out.surprises('SealedForAnotherName', METADATA.child(field),
      `the values seem to be sealed for the ${field} ${quote(then)}, which its template has, and not for ${quote(now)}`,
      `seal it again for ${quote(now)}, or change the ${field} back`);
  }
}

/** The length of the encrypted session key, in two bytes, stands before it; what is sealed has a tag of 16 bytes. */
const LENGTH_BYTES = 2;
const TAG_BYTES = 16;
/** Keys of RSA have 1024 to 16384 bits. */
const MIN_KEY_BYTES = 128;
const MAX_KEY_BYTES = 2048;
const BITS = 8;

function checkValues({ findings: out }: Manifest, spec: Fields, cluster: Cluster): void {
  const { sealingKeyBytes } = cluster.options;
  for (const [key, value] of Object.entries(record(spec.encryptedData))) {
    if (typeof value !== 'string') continue;
    const problem = sealedProblem(value, sealingKeyBytes);
    if (problem === undefined) continue;
    out.fails('InvalidSealedValue', SPEC.child('encryptedData').key(key), `the value of ${quote(key)} ${problem}: the controller decrypts all values or none`,
      'seal it again: kubeseal --cert pub-cert.pem');
  }
}

/** What keeps a text from being a value that kubeseal made. */
function sealedProblem(value: string, sealingKeyBytes: number | undefined): string | undefined {
  if (illegalBase64Byte(value) !== undefined) return 'is no base64, as sealed values are';
  const bytes = Buffer.from(value, 'base64');
  const keyBytes = bytes.length < LENGTH_BYTES ? 0 : bytes.readUInt16BE(0);
  if (keyBytes < MIN_KEY_BYTES || keyBytes > MAX_KEY_BYTES) return 'does not start like a sealed value';
  if (bytes.length < LENGTH_BYTES + keyBytes + TAG_BYTES) return `is cut off: it has ${bytes.length} bytes, and no sealed value of this key is shorter than ${LENGTH_BYTES + keyBytes + TAG_BYTES}`;
  if (sealingKeyBytes === undefined || keyBytes === sealingKeyBytes) return undefined;
  return `is sealed for a key of ${keyBytes * BITS} bits, and that of the certificate has ${sealingKeyBytes * BITS}`;
}

/** The Secret that comes out of it. */
function checkSecret(manifest: Manifest, spec: Fields): void {
  const { findings: out } = manifest;
  const template = record(spec.template);
  const sealed = Object.keys(record(spec.encryptedData));
  const templates = Object.entries(record(template.data));
  for (const key of sealed) {
    checkKey(key, SPEC.child('encryptedData').key(key), out, 'rename the key: values are not sealed for it');
  }
  const context = { knowsFunction: sealedSecretsFunction, operator: 'Sealed Secrets', keys: new Set(sealed), stopsAtUnknown: false };
  for (const [key, value] of templates) checkTemplate(value, SPEC.child('template').child('data').key(key), manifest, context);
  checkKeysOfType(text(template.type), new Set([...sealed, ...templates.map(([key]) => key)]), SPEC.child('template').child('type'), out, 'seal it too');
}
