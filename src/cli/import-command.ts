import { ExitCode, UsageError, type Command } from './command';
import { INPUTS, OUTPUT, PROGRESS, progressOf, wantsProgress } from './common-options';
import { importManifests } from './import/program';
import { inputsOf, isUnusable, readInputs, sayUnreadable } from './inputs';
import type { Options } from './option';
import { parseOptions } from './parse-options';
import { writeOutput } from './write-output';
import { printable } from '../report/printable';

const IMPORT_OPTIONS = {
  output: OUTPUT,
  file: { type: 'string', value: 'FILE', summary: 'the same as --output' },
  language: { type: 'string', value: 'LANGUAGE', choices: ['typescript'], default: 'typescript', summary: '', noun: ['language', 'languages'] },
  ...INPUTS,
  ...PROGRESS,
} as const satisfies Options;

/** `cdk8s-secrets import`: makes a program of manifests. */
export const importCommand: Command = {
  name: 'import',
  summary: 'makes a program of manifests, which makes the same objects',
  usage: ['[OPTION…] FILE|DIRECTORY|-…'],
  description: 'Makes a TypeScript program of manifests, or of live objects: Secrets are declared, and bound to the workloads that use them. No value is in it; standard error lists '
    + 'the environment variables and files to set. Its synth makes the same objects.',
  details: [
    'What a cluster writes into its objects (uid, managedFields, status, …) is dropped, and so are objects that a controller made. A text of one line becomes `SensitiveValue.fromEnvironment`, any other value '
    + '`SensitiveValue.fromFile`. Variables, files and pull secrets of pods become bindings where that makes the same object: a binding adds at the end of a list, and mounts read-only. Elsewhere '
    + 'they stay where they are, and refer to the declared Secret. What no manifest makes is imported by its name. Errors that the manifests have are acknowledged, so that the program synthesizes; take '
    + 'these lines away one by one.',
    'An object that no program can make the same is left out, and standard error says why.',
  ],
  examples: [
    { call: 'cdk8s-secrets import deploy/ -o secrets.ts', does: 'makes a program of a folder of manifests' },
    { call: 'kustomize build overlays/production | cdk8s-secrets import - > secrets.ts', does: 'makes one of what kustomize builds' },
    { call: 'kubectl get secrets,deployments -n shop -o yaml | cdk8s-secrets import - -o secrets.ts', does: 'makes one of what is in a cluster' },
  ],
  options: IMPORT_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.FINDINGS]: 'an object or a file is left out', [ExitCode.UNUSABLE]: 'unusable input or arguments' },
  completes: () => ({ files: true }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, IMPORT_OPTIONS);
    const inputs = inputsOf(values, positionals);
    if (inputs === undefined) throw new UsageError("nothing to import: name files, folders, or '-' for standard input");
    if (values.file !== undefined && values.output !== undefined) throw new UsageError('--file and --output are the same; give one of them');
    const progress = progressOf(wantsProgress(values), io);
    const { sources, unreadable } = await readInputs(inputs, io, progress).finally(() => progress.end());
    sayUnreadable(unreadable, io);
    const output = values.output ?? values.file;
    const { text, values: needed, leftOut, objectCount } = importManifests(sources);
    if (objectCount === 0) throw new UsageError('there is no object in the input');
    writeOutput(text, output, io);
    const list = needed.list(output ?? 'the program');
    io.stderr.write(list.split('\n').map(printable).join('\n'));
    for (const line of leftOut.lines) io.stderr.write(`left out: ${printable(line)}\n`);
    if (isUnusable({ sources, unreadable })) return ExitCode.UNUSABLE;
    return leftOut.isComplete && unreadable.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
  },
};
