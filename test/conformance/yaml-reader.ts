import { join } from 'node:path';
import { askGo } from '../differential/ask-go';

/** What kubectl makes of a text: its documents, or null where it refuses it, and why. */
export interface Answer {
  readonly documents: readonly unknown[] | null;
  readonly refused?: string;
}

/** What the code that kubectl reads texts with answers, in a Go program; a text instead where it cannot be run, and why. */
export function askKubectlsReader(texts: readonly string[]): readonly Answer[] | string {
  return askGo<Answer>(join(__dirname, 'yaml-reader'), texts);
}

/**
 * Without the difference of a bigint and a number, and of 0 and -0: JSON has one kind of number. Half of a pair of surrogates is
 * what Go makes of it in a text.
 */
export function comparable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (typeof value === 'bigint' || value === 0) return Number(value) + 0;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [comparable(key), comparable(child)]));
}
