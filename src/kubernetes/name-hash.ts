import { createHash } from 'node:crypto';
import { goJson, goJsonMap } from './go-json';

/** How many characters a hash has: 40 bits. */
export const NAME_HASH_LENGTH = 10;

/** The hexadecimal digits that could spell words, and what stands for them. */
const SAFE_DIGITS: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** kustomize writes base64 of this length or more in lines of this length. */
const KUSTOMIZE_LINE = 70;

/** What kubectl hashes of a Secret. */
export interface KubectlHashInput {
  readonly name: string;
  /** The type as it stands in the manifest; empty where it has none, as `kubectl create secret generic` leaves it. */
  readonly type: string;
  readonly immutable?: boolean;
  /** The values in base64, by key. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The suffix that `kubectl create secret --append-hash` gives a name.
 *
 * @see https://github.com/kubernetes/kubectl/blob/master/pkg/util/hash/hash.go
 */
export function kubectlNameHash({ name, type, immutable, data }: KubectlHashInput): string {
  const fields = immutable === undefined ? '' : `"immutable":${immutable},`;
  return portableHash(`{"data":${goJsonMap(data)},${fields}"kind":"Secret","name":${goJson(name)},"type":${goJson(type)}}`);
}

/**
 * The suffix that kustomize's `secretGenerator` gives a name. It differs from kubectl's: neither the name nor
 * `immutable` counts, and long values are hashed in the lines that kustomize breaks them into.
 *
 * @param type the type, `Opaque` where none is given
 * @param data the values in base64, by key
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go
 */
export function kustomizeNameHash(type: string, data: Readonly<Record<string, string>>): string {
  const lines = Object.fromEntries(Object.entries(data).map(([key, base64]) => [key, kustomizeLines(base64)]));
  return portableHash(`{"data":${goJsonMap(lines)},"kind":"Secret","name":"","type":${goJson(type)}}`);
}

/**
 * The suffix that kustomize's `configMapGenerator` gives a name.
 *
 * @param data the texts, by key
 * @param binaryData the other values in base64, by key
 */
export function kustomizeConfigMapHash(data: Readonly<Record<string, string>>, binaryData: Readonly<Record<string, string>>): string {
  const lines = Object.fromEntries(Object.entries(binaryData).map(([key, base64]) => [key, kustomizeLines(base64)]));
  const binary = Object.keys(lines).length > 0 ? `"binaryData":${goJsonMap(lines)},` : '';
  const texts = Object.keys(data).length > 0 ? goJsonMap(data) : '""';
  return portableHash(`{${binary}"data":${texts},"kind":"ConfigMap","name":""}`);
}

function kustomizeLines(base64: string): string {
  return base64.length < KUSTOMIZE_LINE ? base64 : base64.replace(/.{1,70}/g, line => `${line}\n`);
}

/** Ten characters of a SHA-256 that can stand in a name and spell no words. */
export function portableHash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, NAME_HASH_LENGTH).replace(/[013ae]/g, digit => SAFE_DIGITS[digit]);
}
