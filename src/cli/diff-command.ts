import { appCommand } from './app-declarations';
import { findConfig, readConfig } from './check-config';
import { parseVersions } from './check-values';
import { readCluster } from './cluster-state';
import { ExitCode, UsageError, type Command } from './command';
import { APP, CONTEXT, NAMESPACE, OUTPUT, PROGRESS, progressOf, wantsProgress } from './common-options';
import { parseStateInput, readState, type State, type StateInput } from './diff-state';
import { isUnusable, sayUnreadable } from './inputs';
import type { Io } from './io';
import { Kubectl } from './kubectl';
import type { Options } from './option';
import { oneOf, parseOptions, type Parsed } from './parse-options';
import type { Progress } from './progress';
import { writeOutput } from './write-output';
import { withAppNotes } from '../app/app-notes';
import { Inspection } from '../app/inspection';
import { changeJson } from '../change/change-json';
import { changeMarkdown } from '../change/change-markdown';
import { changeText } from '../change/change-text';
import type { ChangeReport } from '../change/change-words';
import { WorkloadEffect } from '../change/changed-workloads';
import { SecretChange } from '../change/secret-change';
import { JOURNALS } from '../delivery/sealed/sealed-reuse';
import { SealingJournal } from '../delivery/sealed/sealing-journal';
import { Severity } from '../inspect/finding';
import { MissingSecrets, type RepositoryOptions } from '../inspect/inspection-options';

/** What can make a change end with a code of its own, and whether a change is that. */
const FAILURES: Readonly<Record<string, (report: ChangeReport) => boolean>> = {
  change: ({ secrets }) => secrets.length > 0,
  restart: ({ workloads }) => workloads.some(({ effect }) => effect === WorkloadEffect.RESTARTS || effect === WorkloadEffect.RELOADS),
  stale: ({ workloads }) => workloads.some(({ effect }) => effect === WorkloadEffect.STALE),
  refusal: ({ refusals }) => refusals.length > 0,
  exposure: ({ exposure }) => exposure.length > 0,
  error: ({ newFindings }) => newFindings.some(({ severity }) => severity === Severity.ERROR),
  warning: ({ newFindings }) => newFindings.length > 0,
};

const DIFF_OPTIONS = {
  'format': { type: 'string', short: 'f', value: 'FORMAT', choices: ['text', 'markdown', 'json'], default: 'text', summary: '' },
  'output': OUTPUT,
  'fail-on': {
    type: 'string',
    multiple: true,
    value: 'WHAT[,WHAT]',
    listOf: Object.keys(FAILURES),
    summary: 'exits with 1 for a change, restart, stale, refusal, exposure, error or warning',
    details: '`change`: a secret is not what it was. `restart`: a workload is restarted. `stale`: one keeps an old value. `refusal`: the API server refuses a change. '
      + '`exposure`: somebody can read what they could not. `error`, `warning`: there is a new finding; errors are warnings too.',
  },
  'app': APP,
  'namespace': NAMESPACE,
  'kubernetes-version': { type: 'string', short: 'k', multiple: true, value: 'V', summary: "the cluster's version, or a range", rare: true },
  'context': CONTEXT,
  ...PROGRESS,
} as const satisfies Options;

type Values = Parsed<typeof DIFF_OPTIONS>['values'];

/** `cdk8s-secrets diff`: what a change does. */
export const diffCommand: Command = {
  name: 'diff',
  summary: 'says what a change does to secrets, and to whom',
  usage: ['[OPTION…] BEFORE [AFTER]'],
  description: 'Says which keys of which secrets differ, which workloads restart and why, what the API server refuses as a change, who can read more, and which findings are new. '
    + 'It never shows a value. BEFORE and AFTER are files, folders, - for standard input, places in git (HEAD~1:dist), or cluster; without AFTER it is the app.',
  details: ['See [what a change does](diff.md) for how values are compared, and what is read of a cluster.'],
  examples: [
    { call: 'cdk8s-secrets diff deploy/', does: 'what the app would change in its output' },
    { call: 'cdk8s-secrets diff HEAD~1:dist dist', does: 'what the manifests have that those of the commit before had not' },
    { call: 'cdk8s-secrets diff origin/main:dist dist -f markdown', does: 'a comment for a pull request' },
    { call: 'cdk8s-secrets diff cluster dist --fail-on refusal,exposure', does: 'what kubectl apply would do' },
  ],
  options: DIFF_OPTIONS,
  exits: {
    [ExitCode.CLEAN]: 'done', [ExitCode.FINDINGS]: 'something of --fail-on is there', [ExitCode.UNUSABLE]: 'unusable input or arguments',
  },
  completes: () => ({ files: true, words: ['cluster'] }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, DIFF_OPTIONS);
    const words = (values['fail-on'] ?? []).flatMap(text => text.split(','));
    const failures = words.map(word => oneOf(word.trim(), Object.keys(FAILURES), 'reason to fail', 'reasons'));
    const inputs = inputsOf(positionals, values, io);
    const progress = progressOf(wantsProgress(values), io);
    const { report, isIncomplete } = await compare(inputs, values, io, progress).finally(() => progress.end());
    writeOutput(values.format === 'json' ? changeJson(report) : values.format === 'markdown' ? changeMarkdown(report) : changeText(report), values.output, io);
    if (isIncomplete) return ExitCode.UNUSABLE;
    return failures.some(failure => FAILURES[failure](report)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

interface TwoInputs {
  readonly before: StateInput;
  readonly after: StateInput;
}

function inputsOf(positionals: readonly string[], { app, context }: Values, { environment }: Io): TwoInputs {
  const [before, after, ...more] = positionals;
  if (before === undefined) throw new UsageError('nothing to compare: name what there is, and what it is compared with');
  if (more.length > 0) throw new UsageError(`${JSON.stringify(more[0])} is too much; two states are compared`);
  if (after !== undefined && app !== undefined) throw new UsageError('the app is compared with one state; name no other one');
  const inputs = {
    before: parseStateInput(before, environment),
    after: after === undefined ? { kind: 'app', text: appCommand(app) } as const : parseStateInput(after, environment),
  };
  if (inputs.before.kind === inputs.after.kind && ['stdin', 'cluster'].includes(inputs.after.kind)) {
    throw new UsageError(`${JSON.stringify(before)} can be one of the two only`);
  }
  if (context !== undefined && ![inputs.before.kind, inputs.after.kind].includes('cluster')) throw new UsageError('--context names a cluster, and none of the two is one');
  return inputs;
}

/** What is told of a comparison, and whether one of the two states cannot be used. */
interface Compared {
  readonly report: ChangeReport;
  readonly isIncomplete: boolean;
}

async function compare({ before, after }: TwoInputs, values: Values, io: Io, progress: Progress): Promise<Compared> {
  const paths = [after, before].filter(({ kind }) => kind === 'path').map(({ text }) => text);
  const file = findConfig(paths);
  const config = file === undefined ? undefined : readConfig(file);
  const namespace = values.namespace ?? config?.namespace;
  const kubectl = () => new Kubectl(io.environment, values.context);
  const remarks: string[] = [];
  const live = (other: State, isAfter: boolean): State => {
    progress.update(() => 'asking the cluster');
    const state = readCluster(other, namespace, isAfter, kubectl());
    remarks.push(...state.remarks);
    return state;
  };
  // what is there is read first: an app may write over it
  const first = before.kind === 'cluster' ? undefined : await readState(before, io, progress);
  const second = after.kind === 'cluster' ? live(first!, true) : await readState(after, io, progress);
  const states = { before: first ?? live(second, false), after: second };
  const unreadable = [...states.before.unreadable, ...states.after.unreadable];
  sayUnreadable(unreadable, io);
  const options: RepositoryOptions = {
    versions: [...values['kubernetes-version'] === undefined ? config?.versions ?? [] : parseVersions(values['kubernetes-version'])],
    namespace,
    existingSecrets: [...config?.existing ?? []],
    acknowledgements: [...config?.acknowledge ?? []],
    unknownSecrets: config?.missingSecrets ?? MissingSecrets.WARN,
    repository: true,
  };
  const inspected = ({ sources, generated, notes }: State) => Inspection._fromSources(
    sources, withAppNotes({ ...options, existingSecrets: [...options.existingSecrets!, ...generated] }, notes),
  );
  progress.update(() => 'comparing');
  const change = SecretChange._between(inspected(states.before), inspected(states.after), SealingJournal.comparison(JOURNALS));
  const { secrets, workloads, refusals, exposure, newFindings } = change;
  return {
    report: {
      before: states.before.title, after: states.after.title, secrets, workloads, refusals, exposure, newFindings, notes: remarks,
    },
    isIncomplete: [states.before, states.after].some(isUnusable),
  };
}
