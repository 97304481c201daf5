import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_CASES, VAULT_CASES, type VaultCase } from './vault-templates';
import { parseGoTemplate } from '../../src/inspect/template/go-template';
import { vaultFunction } from '../../src/inspect/template/template-functions';

interface Rendered {
  readonly text: string;
  readonly secrets: object;
  readonly result?: string;
  readonly error?: string;
}

function recorded(file: string): Rendered[] {
  return readFileSync(join(__dirname, file), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Rendered);
}

function expectRendered(file: string, { text, secrets, expected }: VaultCase): void {
  const rendered = recorded(file).find(one => one.text === text && JSON.stringify(one.secrets) === JSON.stringify(sorted(secrets)));
  expect(rendered?.result).toBe(expected);
  expect(rendered?.error === undefined).toBe(expected !== undefined);
}

describe('text/template of Go 1.26, with those functions of sprig 3.3 that the Vault Secrets Operator has, makes', () => {
  test.each(VAULT_CASES)('$title', one => {
    expectRendered('vault-templates.jsonl', one);
    expect(parseGoTemplate(one.text, vaultFunction).error).toBeUndefined();
  });
});

test.each(AGENT_CASES)('consul-template 0.41, which is in the Vault agent, makes $title', one => {
  expectRendered('vault-agent-templates.jsonl', one);
});

/** Keys in the order in which Go writes a map. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, child) => typeof child === 'object' && child !== null && !Array.isArray(child)
    ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => a < b ? -1 : 1)) : child));
}
