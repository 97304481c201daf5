import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VAULT_CASES } from './vault-templates';
import { parseGoTemplate } from '../../src/inspect/template/go-template';
import { vaultFunction } from '../../src/inspect/template/template-functions';

interface Rendered {
  readonly text: string;
  readonly secrets: object;
  readonly result?: string;
  readonly error?: string;
}

/** What text/template of Go 1.26, with those functions of sprig 3.3 that the Vault Secrets Operator has, makes of our templates. */
const RENDERED = readFileSync(join(__dirname, 'vault-templates.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Rendered);

test.each(VAULT_CASES)('$title', ({ text, secrets, expected }) => {
  const rendered = RENDERED.find(one => one.text === text && JSON.stringify(one.secrets) === JSON.stringify(sorted(secrets)));
  expect(rendered?.result).toBe(expected);
  expect(rendered?.error === undefined).toBe(expected !== undefined);
  expect(parseGoTemplate(text, vaultFunction).error).toBeUndefined();
});

/** Keys in the order in which Go writes a map. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, child) => typeof child === 'object' && child !== null && !Array.isArray(child)
    ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => a < b ? -1 : 1)) : child));
}
