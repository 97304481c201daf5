import { cleaned } from './clean';
import { isEncrypted } from '../../inspect/model/sops';
import { isRecord, record } from '../../inspect/model/untyped';
import { decodeBase64 } from '../../kubernetes/base64';
import { OPAQUE } from '../../kubernetes/secret-types';

/**
 * An object as a text that is the same for every way to write it: of a Secret `data` and `stringData` are one, and its type is what it is where none
 * is named.
 */
export function canonical(object: Readonly<Record<string, unknown>>): string {
  const clean = cleaned(object);
  return JSON.stringify(sorted(clean.apiVersion === 'v1' && clean.kind === 'Secret' && !isEncrypted(clean) ? decoded(clean) : clean));
}

function decoded({ data, stringData, type, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const bytes = Object.fromEntries([
    ...Object.entries(record(data)).map(([key, value]) => [key, typeof value === 'string' ? decodeBase64(value)?.toString('base64') ?? value : value]),
    ...Object.entries(record(stringData)).map(([key, value]) => [key, typeof value === 'string' ? Buffer.from(value).toString('base64') : value]),
  ]);
  return { ...rest, type: type ?? OPAQUE, data: bytes };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, child]) => [name, sorted(child)]));
}
