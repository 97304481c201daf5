import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { makerOf } from '../../../src/cli/import/clean';
import { importManifests, type ImportedProgram } from '../../../src/cli/import/program';
import { canonical } from '../../../src/cli/import/same-object';
import * as library from '../../../src/index';
import { readManifests } from '../../../src/inspect/model/read-manifests';
import { record, valueAt } from '../../../src/inspect/model/untyped';
import type { ManifestSource } from '../../../src/inspect/read/manifest-source';
import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { readRepository } from '../../../src/inspect/read/repository';

const MODULES: Readonly<Record<string, unknown>> = { cdk8s, 'cdk8s-secrets': library };

/** The objects of manifests, each as a text that is the same for every way to write it, in any order. */
export function objectsOf(yaml: string): string[] {
  return originalsOf(readManifestStream(yaml)).filter(object => makerOf(object) === undefined).map(canonical).sort();
}

/** Objects as they stand in their documents: the model takes what SOPS has encrypted for what it will be. */
function originalsOf(sources: readonly ManifestSource[]): Record<string, unknown>[] {
  return readManifests(sources, '').map(({ source, segments, raw }) => {
    const original = record(valueAt(source.manifest, segments));
    return original.sops === undefined ? raw : original;
  });
}

/** The objects that a program makes, when it runs where the values are that it needs. */
export function runProgram({ text, values }: ImportedProgram): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-import-'));
  const [cwd, environment] = [process.cwd(), { ...process.env }];
  try {
    for (const [path, bytes] of values.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    process.chdir(folder);
    for (const [name, bytes] of values.variables) process.env[name] = bytes.toString('utf8');
    process.env.CDK8S_OUTDIR = join(folder, 'dist');
    const { outputText } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)((name: string) => MODULES[name], {});
    return originalsOf(readRepository(readdirSync(join(folder, 'dist')).filter(name => name.endsWith('.yaml')).map(name => join(folder, 'dist', name))).sources).map(canonical).sort();
  } finally {
    process.chdir(cwd);
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    rmSync(folder, { recursive: true });
  }
}

/** Makes a program of manifests, runs it, and gives what it makes, beside what it was made of. */
export function roundTrip(yaml: string): { readonly program: ImportedProgram; readonly before: string[]; readonly after: string[] } {
  const program = importManifests(readManifestStream(yaml));
  return { program, before: objectsOf(yaml), after: runProgram(program) };
}
