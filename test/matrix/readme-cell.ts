import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Cell, Result } from './cell';
import type { Folder, Workshop } from './workshop';

const README = join(__dirname, '../../README.md');
const TEMPLATE = 'node_modules/cdk8s-cli/templates/typescript-app';

/** README's first program, word by word, in what `cdk8s init typescript-app` makes today. */
export const README_CELL: Cell = {
  name: 'readme',
  shown: ['cdk8s-cli', 'cdk8s-plus-33', 'cdk8s'],
  checks: 8,
  run(folder, workshop) {
    initApp(folder, workshop);
    for (const command of readmeCommands()) {
      folder.run('npm', command.replace(/^npm /, '').replace(/\bcdk8s-secrets\b/, workshop.tarball).split(' ').concat('--no-audit', '--no-fund'));
    }
    folder.write('main.ts', firstProgram());
    folder.run('npm', ['run', 'compile']);
    const first = synth(folder, 'a password');
    const again = synth(folder, 'a password');
    const other = synth(folder, 'another password');

    const { metadata, spec } = first.pod;
    const [container] = spec.containers;
    return [
      result('it compiles', true),
      result('a Secret is written', first.secret !== undefined),
      result('a variable refers to the Secret', container.env?.some(({ valueFrom }) => valueFrom?.secretKeyRef?.name === first.secret)),
      result('a volume holds the Secret', spec.volumes?.some(({ secret }) => secret?.secretName === first.secret)),
      result('the volume is mounted', container.volumeMounts?.some(({ name }) => spec.volumes?.some(volume => volume.name === name))),
      result('the pods have a checksum', metadata?.annotations?.['checksum/secret'] !== undefined),
      result('the same value makes the same files', first.text === again.text),
      result('another value rolls the pods', metadata?.annotations?.['checksum/secret'] !== other.pod.metadata?.annotations?.['checksum/secret']),
    ];
  },
};

interface Pod {
  readonly metadata?: { readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly containers: readonly [{
      readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string } } }[];
      readonly volumeMounts?: readonly { readonly name: string }[];
    }];
    readonly volumes?: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
  };
}

function result(name: string, holds: boolean | undefined): Result {
  return holds === true ? { name } : { name, problem: 'it is not so' };
}

/**
 * What `cdk8s init typescript-app` of the newest cdk8s-cli makes: its template with its versions, and what that has installed. The command
 * itself would also fetch the API of Kubernetes and generate classes, which the program does not use.
 */
function initApp(folder: Folder, workshop: Workshop): void {
  const tool = workshop.fresh('cdk8s-cli');
  tool.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', 'cdk8s-cli@latest']);
  const version = (name: string): string => JSON.parse(tool.read(`node_modules/${name}/package.json`)).version;
  const { dependencies } = JSON.parse(tool.read('node_modules/cdk8s-cli/package.json'));
  const variables: Record<string, string> = {
    $base: 'app',
    cdk8s_core_version: version('cdk8s'),
    cdk8s_plus_version: version('cdk8s-plus-33'),
    constructs_version: dependencies.constructs.replace('^', ''),
    cdk8s_cli_spec: `^${version('cdk8s-cli')}`,
  };
  const files = readdirSync(join(tool.path, TEMPLATE), { withFileTypes: true }).filter(entry => entry.isFile() && !entry.name.startsWith('.hooks'));
  for (const { name: file } of files) {
    folder.write(file, tool.read(join(TEMPLATE, file)).replace(/\{\{ (\S+) \}\}/g, (_, name: string) => variables[name]));
  }
  folder.run('rm', ['main.test.ts']); // it tests the chart of the template
  folder.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
}

/** The commands of README's part "Install" that are run in an app. */
function readmeCommands(): string[] {
  const [, install] = /^## Install\n([^]*?)^## /m.exec(readFileSync(README, 'utf8'))!;
  const commands = [...install.matchAll(/^npm install .*$/gm)].map(([command]) => command.replace(/ *#.*/, ''));
  if (commands.length !== 1) throw new Error(`README should say in one line what to install; it has ${commands.length}`);
  return commands;
}

/** The first block of TypeScript in README, as a newcomer copies it. */
function firstProgram(): string {
  return /^```ts[^\n]*\n([^]*?)^```/m.exec(readFileSync(README, 'utf8'))![1];
}

function synth(folder: Folder, password: string): { text: string; pod: Pod; secret: string | undefined } {
  folder.run('npm', ['run', 'synth'], { DB_PASSWORD: password });
  const files = readdirSync(join(folder.path, 'dist')).filter(file => file.endsWith('.yaml')).sort();
  const text = files.map(file => folder.read(join('dist', file))).join('---\n');
  const objects = parseAllDocuments(text).map(document => document.toJS());
  return {
    text,
    pod: objects.find(({ kind }) => kind === 'Deployment').spec.template,
    secret: objects.find(({ kind }) => kind === 'Secret')?.metadata.name,
  };
}
