import type { Codes } from '../../errors/codes';
import {
  bootstrapGroup, BOOTSTRAP_TOKEN_NAMESPACE, bootstrapTokenId, bootstrapTokenName, bootstrapTokenSecret,
} from '../../kubernetes/bootstrap-token';
import { goTime } from '../../kubernetes/go-time';
import { leafCertificate } from '../../kubernetes/key-pair';
import { looksLikePlainText } from '../../kubernetes/plain-text';
import { readPullCredentials } from '../../kubernetes/pull-secret';
import * as types from '../../kubernetes/secret-types';
import type { Secret } from '../decode/decoded';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import type { Cluster } from '../model/cluster';
import type { Manifest } from '../model/manifest';
import type { SecretContents } from '../model/secret-contents';
import { entryOf, keysOf } from '../model/string-map';
import { record } from '../model/untyped';
import { quote } from '../quote';
import { typeOf } from '../validate/secret';

/** The codes of these rules. */
export const SECRET_CODES = {
  ExpiredCertificate: {
    cause: 'The certificate of a TLS secret is not valid at the date that the inspection was given.',
    example: 'a certificate of last year',
    fix: 'Renew it.',
  },
  UnknownServiceAccount: {
    cause: 'A token secret names a ServiceAccount that no manifest makes; where there is none, the cluster deletes the Secret.',
    example: 'kubernetes.io/service-account.name: builder, and no ServiceAccount "builder"',
    fix: 'Add the ServiceAccount to the same namespace.',
    warns: true,
  },
  PlainTextInData: {
    cause: 'A value in data is most likely plain text that happens to be valid base64; the program would get other bytes.',
    example: 'data: { password: password }',
    fix: 'Encode it, or move it to stringData.',
    warns: true,
  },
  NullValue: {
    cause: 'A key of a Secret is null. kubectl apply drops it; with server-side apply, and with kubectl create, its value is empty.',
    example: 'data: { password: }',
    fix: "Remove the key, or write ''.",
    warns: true,
  },
  StringDataUsed: {
    cause: 'stringData ends up in clear text in an annotation when it is applied on the client side, and a key that is removed from it stays in the cluster.',
    example: 'stringData: { password: … }',
    fix: 'Use data, in base64.',
    warns: true,
  },
  UnhashedImmutableSecret: {
    cause: 'An immutable Secret has a name that does not change with its contents: the next change of a value is refused.',
    example: 'immutable: true with the name "db"',
    fix: 'Append a hash of the contents to the name, as hashedName() does.',
    warns: true,
  },
} as const satisfies Codes;

const ROOT = FieldPath.ROOT;
const DATA = ROOT.child('data');

/** What a Secret is, other than what it says. */
export function checkSecret(manifest: Manifest, cluster: Cluster): void {
  if (manifest.kind !== 'Secret' || manifest.decoded === undefined) return;
  const secret = manifest.decoded as Secret;
  const out = manifest.findings;
  const contents = manifest.contents!;
  checkValues(manifest, out);
  checkStringData(secret, out);
  checkImmutable(secret, manifest, out);
  CHECKS_BY_TYPE.get(typeOf(secret))?.(contents, manifest, cluster);
}

type TypeCheck = (contents: SecretContents, manifest: Manifest, cluster: Cluster) => void;

const CHECKS_BY_TYPE: ReadonlyMap<string, TypeCheck> = new Map<string, TypeCheck>([
  [types.TLS, checkKeyPair],
  [types.SERVICE_ACCOUNT_TOKEN, checkServiceAccount],
  [types.BOOTSTRAP_TOKEN, checkBootstrapToken],
  [types.DOCKER_CONFIG_JSON, checkPullSecret],
  [types.DOCKER_CFG, checkPullSecret],
]);

function checkValues({ raw }: Manifest, out: FindingsOfObject): void {
  for (const field of ['data', 'stringData']) {
    const values = record(raw[field]);
    for (const key in values) {
      const value = values[key];
      if (value === null) {
        out.surprises('NullValue', ROOT.child(field).key(key), `the key ${quote(key)} is null: kubectl apply drops it, and with server-side apply and create the value is empty`, "remove the key, or write '' where it is meant to be empty");
      } else if (field === 'data' && typeof value === 'string' && looksLikePlainText(value)) {
        out.surprises('PlainTextInData', DATA.key(key), `the value of ${quote(key)} reads like plain text, and is taken for base64: the program would get other bytes`,
          'encode it in base64, or move it to stringData');
      }
    }
  }
}

function checkStringData(secret: Secret, out: FindingsOfObject): void {
  const keys = keysOf(secret.stringData);
  if (keys.length === 0) return;
  const overridden = keys.filter(key => entryOf(secret.data, key) !== undefined);
  const also = overridden.length === 0 ? '' : `, and it replaces ${overridden.map(quote).join(', ')} of data`;
  out.surprises('StringDataUsed', ROOT.child('stringData'),
    `stringData lands in clear text in an annotation when it is applied, and a key that is removed from it stays in the cluster${also}`,
    'use data, in base64');
}

/** A hash as kubectl, kustomize and this library append it, or any longer one in hexadecimal. */
const HASHED_NAME = /-(?:[2456789bcdfghkmt]{10}|(?=[a-f]{0,63}\d)[0-9a-f]{7,64})$/;

function checkImmutable(secret: Secret, { metadata }: Manifest, out: FindingsOfObject): void {
  const { name } = metadata;
  if (secret.immutable !== true || !name || HASHED_NAME.test(name)) return;
  out.surprises('UnhashedImmutableSecret', ROOT.child('immutable'),
    `${quote(name)} is immutable and its name does not change with its contents: the next change of a value will be refused`,
    'append a hash of the contents to the name, or leave immutable out');
}

function checkKeyPair(contents: SecretContents, { findings: out }: Manifest, { options: { today } }: Cluster): void {
  if (types.missingKeys(types.TLS, contents.keys).length > 0) return;
  const problem = types.brokenValue(types.TLS, key => contents.bytes(key)!);
  if (problem !== undefined) {
    const { code, key, message, next } = problem;
    const isEmpty = types.requiredKeys(types.TLS).every(required => contents.size(required) === 0);
    (isEmpty ? out.surprises : out.fails).call(out, code, DATA.key(key), message, next);
    return;
  }
  if (today === undefined) return;
  const { validFrom, validTo } = leafCertificate(contents.bytes('tls.crt')!)!;
  const now = Date.parse(today);
  if (Date.parse(validTo) < now) {
    out.fails('ExpiredCertificate', DATA.key('tls.crt'), `the certificate expired on ${day(validTo)}`, 'renew it');
  } else if (Date.parse(validFrom) > now) {
    out.fails('ExpiredCertificate', DATA.key('tls.crt'), `the certificate is not valid before ${day(validFrom)}`, 'wait, or correct the date of the inspection');
  }
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

function checkServiceAccount(_: SecretContents, manifest: Manifest, cluster: Cluster): void {
  const { metadata, findings: out } = manifest;
  const name = entryOf(metadata.annotations, types.SERVICE_ACCOUNT_NAME_ANNOTATION) ?? '';
  if (name === 'default' || cluster.serviceAccount(manifest.namespace, name) !== undefined) return;
  out.surprises('UnknownServiceAccount', ROOT.child('metadata').child('annotations').key(types.SERVICE_ACCOUNT_NAME_ANNOTATION),
    `no manifest makes a ServiceAccount ${quote(name)} here; where there is none, the cluster deletes this Secret`,
    'add the ServiceAccount, in the same namespace, or correct its name');
}

function checkBootstrapToken(contents: SecretContents, { name, namespace, findings: out }: Manifest, { options: { today } }: Cluster): void {
  const text = (key: string) => contents.bytes(key)?.toString('utf8');
  const wrong: Reproach = (path, message, next) => out.fails('InvalidBootstrapToken', path, `no cluster honours this token: ${message}`, next);
  const id = text('token-id') ?? '';
  const wrongId = bootstrapTokenId(id);
  if (wrongId.length > 0) wrong(DATA.key('token-id'), `its token-id ${wrongId.join(', ')}`, 'make one with kubeadm token generate');
  const wrongSecret = bootstrapTokenSecret(text('token-secret') ?? '');
  if (wrongSecret.length > 0) wrong(DATA.key('token-secret'), `its token-secret ${wrongSecret.join(', ')}`, 'make one with kubeadm token generate');
  if (wrongId.length === 0 && name !== bootstrapTokenName(id)) {
    wrong(ROOT.child('metadata').child('name'), 'its name is not that of its token-id', `name it ${bootstrapTokenName(id)}`);
  }
  if (namespace !== '' && namespace !== BOOTSTRAP_TOKEN_NAMESPACE) {
    wrong(ROOT.child('metadata').child('namespace'), `it is not in ${BOOTSTRAP_TOKEN_NAMESPACE}`, `put it into ${BOOTSTRAP_TOKEN_NAMESPACE}`);
  }
  if (text('usage-bootstrap-authentication') !== 'true' && text('usage-bootstrap-signing') !== 'true') {
    wrong(DATA, 'it is for no use', 'set usage-bootstrap-authentication or usage-bootstrap-signing to true');
  }
  for (const group of (text('auth-extra-groups') ?? '').split(',').filter(part => part !== '')) {
    if (bootstrapGroup(group).length > 0) wrong(DATA.key('auth-extra-groups'), `one of its groups ${bootstrapGroup(group).join(', ')}`, 'correct the group');
  }
  checkExpiration(text('expiration'), today, wrong);
}

type Reproach = (path: FieldPath, message: string, next: string) => void;

function checkExpiration(expiration: string | undefined, today: string | undefined, wrong: Reproach): void {
  if (expiration === undefined || expiration === '') return;
  const at = DATA.key('expiration');
  const time = goTime(expiration);
  if (time === undefined) {
    wrong(at, 'its expiration is no time, which counts as expired, and the cluster deletes it', 'write it like 2030-01-31T00:00:00Z');
  } else if (today !== undefined && time <= Date.parse(today)) {
    wrong(at, 'it has expired, and the cluster deletes it', 'make a new one');
  }
}

function checkPullSecret(contents: SecretContents, { decoded, findings: out }: Manifest): void {
  const type = typeOf(decoded);
  if (types.missingKeys(type, contents.keys).length > 0) return;
  const values = (key: string) => contents.bytes(key)!;
  const problem = types.brokenValue(type, values);
  const key = types.pullSecretKey(type)!;
  if (problem !== undefined) {
    out.fails(problem.code, DATA.key(key), problem.message, problem.next);
  } else if (readPullCredentials(key, values(key).toString('utf8')).servers.length === 0) {
    out.surprises('InvalidDockerConfig', DATA.key(key), 'the kubelet finds no credentials in it; credential helpers and stores mean nothing to it',
      'give each registry a username and a password, or an auth of both, as docker login writes it');
  }
}
