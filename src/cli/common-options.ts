import type { Io } from './io';
import type { Option } from './option';
import { Progress } from './progress';

/** Options that several commands have are said once, so that they are called the same and do the same. */

/** Where a report goes. */
export const OUTPUT = { type: 'string', short: 'o', value: 'FILE', summary: 'writes to a file' } as const satisfies Option;

/** Which namespace objects are in that name none. */
export const NAMESPACE = {
  type: 'string',
  short: 'n',
  value: 'NAMESPACE',
  summary: 'the namespace of objects that name none',
  details: 'As for kubectl apply.',
} as const satisfies Option;

/** The command that runs an app. */
export const APP = {
  type: 'string', value: 'COMMAND', summary: 'runs the app (default: that of cdk8s.yaml here)',
} as const satisfies Option;

/** Which cluster kubectl is to ask. */
export const CONTEXT = {
  type: 'string', value: 'NAME', summary: 'the context of kubectl', rare: true,
} as const satisfies Option;

/** What manifests are read of, besides files, folders and standard input. */
export const INPUTS = {
  'include': { type: 'string', multiple: true, value: 'GLOB', summary: 'reads only these files of folders', rare: true },
  'exclude': { type: 'string', multiple: true, value: 'GLOB', summary: 'leaves these files of folders out', rare: true },
  'build-kustomizations': {
    type: 'boolean',
    summary: 'builds the kustomizations of the folders',
    rare: true,
    details: 'kustomize, or else kubectl, builds them, and what they make is read in place of their files.',
  },
  'kustomize': {
    type: 'string',
    multiple: true,
    value: 'DIRECTORY',
    summary: 'reads what kustomize, or else kubectl, builds of it',
    rare: true,
    details: 'What lies elsewhere is fetched.',
  },
  'helm': { type: 'string', multiple: true, value: 'CHART', summary: 'reads what Helm renders', rare: true },
  'values': { type: 'string', multiple: true, value: 'FILE', summary: 'a file of values for --helm', rare: true },
} as const satisfies Readonly<Record<string, Option>>;

/** Whether a long run says how far it is. */
export const PROGRESS = {
  'progress': { type: 'boolean', summary: 'says on standard error how far it is, after a second', details: 'By default on a terminal only.', rare: true },
  'no-progress': { type: 'boolean', summary: 'says nothing of that', rare: true },
} as const satisfies Readonly<Record<string, Option>>;

/** Whether progress was asked for; `undefined` where nothing was said. */
export function wantsProgress(values: { readonly [name in keyof typeof PROGRESS]?: boolean }): boolean | undefined {
  return values['no-progress'] === true ? false : values.progress;
}

/** How far a run is, said where it is wanted, and else on a terminal. */
export function progressOf(wanted: boolean | undefined, { stderr }: Io): Progress {
  return new Progress(stderr, wanted ?? stderr.isTTY === true);
}
