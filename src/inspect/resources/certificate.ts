import { isIP } from 'node:net';
import { checkKeySelectors } from './key-selectors';
import type { ResourceRules } from './rules-of-resource';
import { goDuration } from '../../kubernetes/go-duration';
import { byteLength } from '../../kubernetes/names';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { Cluster } from '../model/cluster';
import { keySelectors } from '../model/key-selectors';
import type { Manifest } from '../model/manifest';
import { isRecord, list, record, text } from '../model/untyped';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');
const SUBJECTS = ['commonName', 'dnsNames', 'uris', 'emailAddresses', 'ipAddresses', 'otherNames', 'literalSubject'];
const MAX_COMMON_NAME = 64;
const HOUR = 3.6e12;
const OWN_ANNOTATIONS = 'cert-manager.io/';
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
const CURVES = [256, 384, 521];
const DEFAULT_DURATION = 2160 * HOUR;
const MIN_RENEWAL = HOUR / 12;

/** What an Issuer logs in with. */
export const ISSUER_RULES: ResourceRules = { check: checkCredentials };

function checkCredentials(manifest: Manifest, spec: Fields, cluster: Cluster): void {
  checkKeySelectors(keySelectors(spec, SPEC).filter(({ path }) => /SecretRef$/.test(String(path.segments.at(-1)))), manifest, cluster);
}

/** The rules of cert-manager's webhook, and the passwords of keystores. */
export const CERTIFICATE_RULES: ResourceRules = {
  check: checkCredentials,
  validate: ({ findings: out }, spec) => {
    const isGiven = (field: string) => Array.isArray(spec[field]) ? (spec[field] as unknown[]).length > 0 : text(spec[field]) !== '';
    if (!SUBJECTS.some(isGiven)) out.refuse('ConflictingFields', SPEC, 'the Certificate names nothing that it is for', `give it one of ${SUBJECTS.join(', ')}`);
    if (byteLength(text(spec.commonName)) > MAX_COMMON_NAME) {
      out.refuse('OutOfRange', SPEC.child('commonName'), `a common name has at most ${MAX_COMMON_NAME} bytes`, 'leave it out: clients look at dnsNames');
    }
    validateRenewal(spec, out);
    validateKey(record(spec.privateKey), out);
    validateIssuer(record(spec.issuerRef), out);
    list(spec.ipAddresses).forEach((address, index) => {
      if (typeof address === 'string' && (isIP(address) === 0 || address.includes('%'))) {
        out.refuse('InvalidFormat', SPEC.child('ipAddresses').index(index), 'the field must be an IP address', 'write names under dnsNames');
      }
    });
    for (const name of Object.keys(record(record(spec.secretTemplate).annotations))) {
      if (!name.startsWith(OWN_ANNOTATIONS) || name === `${OWN_ANNOTATIONS}allow-direct-injection`) continue;
      out.refuse('InvalidKey', SPEC.child('secretTemplate').child('annotations').key(name), 'cert-manager sets its own annotations, and takes none of them here', 'leave it out');
    }
    for (const format of ['jks', 'pkcs12']) validateKeystore(record(record(spec.keystores)[format]), SPEC.child('keystores').child(format), out);
  },
};

function validateKey({ algorithm, size }: Fields, out: FindingsOfObject): void {
  if (typeof size !== 'number' || size <= 0) return;
  const path = SPEC.child('privateKey').child('size');
  if ((algorithm ?? 'RSA') === 'RSA' && (size < MIN_RSA_BITS || size > MAX_RSA_BITS)) {
    out.refuse('OutOfRange', path, `an RSA key has ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`, 'write 2048 or 4096');
  } else if (algorithm === 'ECDSA' && !CURVES.includes(size)) {
    out.refuse('UnsupportedValue', path, 'there is no ECDSA key of this size', `values: ${CURVES.join(', ')}`);
  }
}

/** The kinds of other projects are known by their group. */
function validateIssuer({ group, kind }: Fields, out: FindingsOfObject): void {
  if (!['', 'cert-manager.io'].includes(text(group)) || ['', 'Issuer', 'ClusterIssuer'].includes(text(kind))) return;
  out.refuse('UnsupportedValue', SPEC.child('issuerRef').child('kind'), 'an issuer of cert-manager is an Issuer or a ClusterIssuer',
    'correct the kind, or write the group of the project that it is of');
}

function validateRenewal(spec: Fields, out: FindingsOfObject): void {
  const { duration, renewBefore, renewBeforePercentage } = spec;
  if (renewBefore !== undefined && renewBeforePercentage !== undefined) {
    out.refuse('ConflictingFields', SPEC.child('renewBeforePercentage'), 'renewBefore and renewBeforePercentage exclude each other', 'leave one of them out');
  }
  const read = (value: unknown, field: string) => {
    const nanoseconds = typeof value === 'string' ? goDuration(value) : undefined;
    if (typeof value === 'string' && nanoseconds === undefined) {
      out.refuse('InvalidFormat', SPEC.child(field), 'the field must be a duration such as 2160h; there is no unit for days', 'write hours: 2160h');
    }
    return nanoseconds;
  };
  const lives = duration === undefined ? DEFAULT_DURATION : read(duration, 'duration');
  const before = read(renewBefore, 'renewBefore');
  if (lives !== undefined && lives < HOUR) out.refuse('OutOfRange', SPEC.child('duration'), 'a certificate lives for at least one hour', 'write 1h or more');
  if (before === undefined) return;
  if (before < MIN_RENEWAL) out.refuse('OutOfRange', SPEC.child('renewBefore'), 'a certificate is renewed at least five minutes before it ends', 'write 5m or more');
  else if (lives !== undefined && before >= lives) out.refuse('OutOfRange', SPEC.child('renewBefore'), 'the certificate would be renewed before it is made: renewBefore must be less than duration', 'write less');
}

function validateKeystore(keystore: Fields, path: FieldPath, out: FindingsOfObject): void {
  if (keystore.create !== true) return;
  const hasReference = isRecord(keystore.passwordSecretRef);
  if (hasReference && keystore.password !== undefined) {
    out.refuse('ConflictingFields', path.child('password'), 'password and passwordSecretRef exclude each other', 'leave the password out');
  } else if (!hasReference && keystore.password === undefined) {
    out.refuse('ConflictingFields', path, 'the keystore has no password', 'add passwordSecretRef');
  }
}
