import { isRecord } from './untyped';

/** The field in which SOPS keeps how a document is encrypted. */
const SOPS = 'sops';

/** How deep encrypted values are looked for. */
const MAX_DEPTH = 100;

type Fields = Readonly<Record<string, unknown>>;

/** Whether SOPS has encrypted an object: its keys are known, and its values are not. */
export function isEncrypted({ sops }: Fields): boolean {
  return isRecord(sops) && (typeof sops.mac === 'string' || typeof sops.lastmodified === 'string');
}

/** The object as it is once it is decrypted, as far as that can be known: without the field of SOPS, and with values of the right types. */
export function asDecrypted(object: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== SOPS).map(([name, value]) => [name, valueOf(value, 0)]));
}

function valueOf(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.startsWith('ENC[') ? placeholderOf(value) : value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map(item => valueOf(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, valueOf(child, depth + 1)]));
}

/** A value of the type that an encrypted one says that it has. */
function placeholderOf(encrypted: string): unknown {
  if (encrypted.endsWith(',type:int]') || encrypted.endsWith(',type:float]')) return 0;
  return encrypted.endsWith(',type:bool]') ? false : encrypted;
}
