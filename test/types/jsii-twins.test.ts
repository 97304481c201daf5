import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../../src';

/** Every member that only TypeScript has, and the one that does the same in every language. */
const TWINS: Record<string, string> = {
  'SecretsError': 'Errors.isSecretsError',
  'Secret.typed': 'Secret.constructor',
  'Secret.typedFromSecretName': 'Secret.fromSecretName',
  'SecretBinding.bind': 'SecretBinding.applyTo',
};

const SOURCES = join(__dirname, '../../src');

/** `Class` or `Class.member` of everything that is tagged `@jsii ignore`. */
function ignoredMembers(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts')).flatMap(name => {
    const text = readFileSync(join(SOURCES, name), 'utf8');
    return [...text.matchAll(/@jsii ignore\s*(?:\*[^/]*)*\*\/\s*(?:export |abstract |public |static |readonly )*(class |interface )?(\w+)/g)].map(match => {
      if (match[1] !== undefined) return match[2];
      const owner = [...text.slice(0, match.index).matchAll(/^export (?:abstract )?class (\w+)/gm)].at(-1)![1];
      return `${owner}.${match[2]}`;
    });
  });
}

test('every member that jsii ignores has a plain twin', () => {
  expect(ignoredMembers().sort()).toEqual(Object.keys(TWINS).sort());
});

test('every tag is read', () => {
  const tags = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
    .flatMap(name => readFileSync(join(SOURCES, name), 'utf8').match(/@jsii ignore/g) ?? []);
  expect(tags).toHaveLength(ignoredMembers().length);
});

test.each(Object.entries(TWINS))('%s: %s', (_, twin) => {
  const [owner, member] = twin.split('.');
  const { [member]: shared = (library as any)[owner].prototype[member] } = (library as any)[owner];
  expect(typeof shared).toBe('function');
});
