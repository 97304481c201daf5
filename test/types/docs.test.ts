import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from './compile';
import * as library from '../../src';

const DOCS = join(__dirname, '../../docs');

/** What the snippets take for granted: the public classes by name, an app, and what is bound in it. */
const GIVEN = `
import { writeFileSync } from 'node:fs';
import { ApiObject, App, Chart, Duration, Helm, Include, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { ${Object.keys(library).sort().join(', ')} } from 'cdk8s-secrets';
declare const app: App;
declare const chart: Chart, demo: Chart;
declare const deployment: kplus.Deployment;
declare const serviceAccount: kplus.ServiceAccount;
declare const db: Secret, password: Secret;
declare const config: SecretConfigMap;
declare const context: apolo.ApoloContext;
declare const protectedApi: SecretBackedFunction, orders: SecretBackedFunction;
`;

/** Every block of TypeScript in a document, by the document and its line. A block that imports something is a whole program. */
function snippetsOf(document: string): [string, string][] {
  const text = readFileSync(join(DOCS, document), 'utf8');
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(match => {
    const line = text.slice(0, match.index).split('\n').length;
    const program = /^import /m.test(match[1]) ? match[1] : `${GIVEN}{\n${match[1]}}\n`;
    return [`docs/${document}:${line}`, program];
  });
}

const snippets = Object.fromEntries(readdirSync(DOCS).filter(file => file.endsWith('.md')).flatMap(snippetsOf));
const messages = compile(snippets, '');

test('there are snippets', () => {
  expect(Object.keys(snippets).length).toBeGreaterThan(10);
});

test.each(Object.keys(snippets))('%s compiles', name => {
  expect(messages[name]).toEqual([]);
});
