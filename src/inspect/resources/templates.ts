import { didYouMeanAmong } from '../../errors/suggest';
import type { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { quote } from '../quote';
import { parseGoTemplate, type GoTemplate, type KnowsFunction } from '../template/go-template';

/** What templates of a kind are given. */
export interface TemplateContext {
  readonly knowsFunction: KnowsFunction;
  /** Whose functions these are. */
  readonly operator: string;
  /** The keys that there are; undefined where there may be others. */
  readonly keys?: ReadonlySet<string>;
  /** Whether the operator stops at a key that is not there; else it is empty. */
  readonly stopsAtUnknown: boolean;
}

/** A text that an operator reads as a Go template. */
export function checkTemplate(value: unknown, path: FieldPath, { findings: out }: Manifest, context: TemplateContext): void {
  if (typeof value !== 'string') return;
  const { operator, knowsFunction, keys, stopsAtUnknown } = context;
  const template = parseGoTemplate(value, knowsFunction);
  const { error } = template;
  if (error !== undefined) {
    const where = value.trimEnd().includes('\n') ? ` (line ${error.line} of it)` : '';
    out.fails('InvalidTemplate', path, `this is no template that ${operator} can use: ${error.problem}${where}`, 'correct it: without it no Secret is made');
    return;
  }
  if (keys === undefined) return;
  for (const { key, isSure } of unknownKeys(template, keys)) {
    const message = `the template uses ${quote(key)}, which nothing fetches`;
    const next = didYouMeanAmong(key, keys, 'keys');
    if (isSure && stopsAtUnknown) out.fails('UnknownTemplateKey', path, `${message}: the operator stops there, and makes no Secret`, next);
    else out.surprises('UnknownTemplateKey', path, `${message}${stopsAtUnknown && !isSure ? '' : ': it is empty there'}`, next);
  }
}

/** Each key that is not there, once, and whether it stops the template for sure. */
function unknownKeys({ uses }: GoTemplate, keys: ReadonlySet<string>): { key: string; isSure: boolean }[] {
  const found = new Map<string, boolean>();
  for (const { key, stops, conditional } of uses) {
    if (!keys.has(key)) found.set(key, found.get(key) === true || (stops && !conditional));
  }
  return [...found].map(([key, isSure]) => ({ key, isSure }));
}
