import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What of an assembly of jsii is read. */
export interface Assembly {
  readonly name: string;
  readonly submodules?: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, { readonly name: string; readonly abstract?: boolean }>>;
}

/** What most programs need, in the order in which they need it. */
const FIRST = [
  ['Secret', 'declares a secret: its name, type, keys and where each value comes from'],
  ['SensitiveValue', 'one value: from a file, a variable, a store'],
  ['SecretDelivery', 'how secrets reach the cluster: plain, sealed, external, by CSI, or made by somebody else'],
  ['SecretBinding', 'how a workload sees a secret: variables, files, credentials to pull images'],
  ['SecretRollout', 'what restarts pods when a value changes'],
  ['SecretBackedFunction', 'a function of OpenFaaS'],
  ['SecretPolicy', 'what a platform team demands of all of that'],
  ['Inspection', 'what a cluster would refuse, or silently do wrong, as data'],
  ['AppInspection', 'what an app is inspected against when it is synthesized'],
] as const;

/** The page of the API: what most need first, then the library, then its submodules. */
export function apiPage(assembly: Assembly, pageOf: (submodule: string) => string): string {
  const submodules = Object.keys(assembly.submodules ?? {}).map(name => name.slice(assembly.name.length + 1)).sort();
  const linked = FIRST.map(([name, what]) => `- [\`${name}\`](#${assembly.name}.${name}) ${what}`);
  return [
    '# API Reference <a name="API Reference" id="api-reference"></a>',
    ['## Start here', '', ...linked, ...submodules.map(name => `- [\`${name}\`](#submodule-${name}), a submodule`)].join('\n'),
    body(pageOf('root'), assembly),
    ...submodules.map(name => `# Submodule \`${name}\` <a name="submodule-${name}" id="submodule-${name}"></a>\n\n${body(pageOf(name), assembly)}`),
  ].map(part => `${part.trim()}\n`).join('\n');
}

/** A page without its title, and without the initializers of classes that nobody can make with `new`. */
function body(page: string, { types }: Assembly): string {
  const abstract = new Set(Object.values(types).filter(type => type.abstract === true).map(({ name }) => name));
  return page.replace(/^# API Reference.*\n+/, '').split(/^(?=### )/m).map(section => {
    const [, name] = /^### (\w+) /.exec(section) ?? [];
    return abstract.has(name) ? section.replace(/^#### Initializers [^]*?(?=^####? )/m, '') : section;
  }).join('');
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'api-doc-'));
  try {
    const assembly: Assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
    writeFileSync('API.md', apiPage(assembly, submodule => {
      const file = join(folder, `${submodule}.md`);
      execFileSync(join('node_modules', '.bin', 'jsii-docgen'), ['--submodule', submodule === 'root' ? submodule : `${assembly.name}.${submodule}`, '--output', file], { stdio: ['ignore', 'ignore', 'inherit'] });
      return readFileSync(file, 'utf8');
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) main();
