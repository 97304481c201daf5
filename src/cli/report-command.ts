import { appCommand } from './app-declarations';
import { ExitCode, UsageError, type Command } from './command';
import { APP, INPUTS, NAMESPACE, OUTPUT, PROGRESS, progressOf, wantsProgress } from './common-options';
import { readState } from './diff-state';
import { inputsOf, isUnusable, readInputs, refuseNothing, sayUnreadable, STANDARD_INPUT } from './inputs';
import type { Options } from './option';
import { parseOptions } from './parse-options';
import { writeOutput } from './write-output';
import { readAppNotes, withAppNotes } from '../app/app-notes';
import { Inspection } from '../app/inspection';
import { MissingSecrets } from '../inspect/inspection-options';
import { EXPOSURE_FORMATS, exposureReport } from '../report/exposure/exposure-formats';
import { Exposure } from '../secret/exposure';

const REPORT_OPTIONS = {
  format: {
    type: 'string',
    short: 'f',
    value: 'FORMAT',
    choices: EXPOSURE_FORMATS,
    default: 'html',
    summary: '',
    details: '`html` is one page that asks no network. `mermaid` and `dot` are drawings, `json` is described in [docs/exposure.md](exposure.md#json).',
  },
  output: OUTPUT,
  namespace: NAMESPACE,
  app: APP,
  ...INPUTS,
  ...PROGRESS,
} as const satisfies Options;

/** `cdk8s-secrets report`: who can read which Secret, as a page or a drawing. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'makes a page of who can read which Secret, and why',
  usage: ['[OPTION…] [FILE|DIRECTORY|-…]'],
  description: 'Makes one page of the Secrets of an app or of manifests: where their values come from, who can read them by which way, and what is found wrong with them. No value is in it.',
  details: ['Without files the app of cdk8s.yaml is synthesized, so its values must be there; into a folder that is removed again. See [who can read it](exposure.md).'],
  examples: [
    { call: 'cdk8s-secrets report -o report.html', does: 'makes a page of the app of cdk8s.yaml in this directory' },
    { call: 'helm template my-chart | cdk8s-secrets report -f mermaid -', does: 'draws what a chart renders' },
  ],
  options: REPORT_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'the app fails, or some input cannot be used' },
  completes: () => ({ files: true }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, REPORT_OPTIONS);
    const inputs = inputsOf(values, positionals);
    if (values.app !== undefined && inputs !== undefined) throw new UsageError('an app and files are two reports; ask for one at a time');
    const progress = progressOf(wantsProgress(values), io);
    const read = inputs === undefined
      ? readState({ kind: 'app', text: appCommand(values.app) }, io, progress)
      : readInputs(inputs, io, progress).then(files => {
        refuseNothing(files);
        return { ...files, notes: readAppNotes(inputs.inputs.filter(input => input !== STANDARD_INPUT)) };
      });
    const { sources, generated, notes, unreadable } = await read.finally(() => progress.end());
    sayUnreadable(unreadable, io);
    const inspection = Inspection._fromSources(sources, withAppNotes({
      namespace: values.namespace, existingSecrets: [...generated], unknownSecrets: MissingSecrets.WARN, repository: true,
    }, notes));
    const view = Exposure.fromInspection(inspection)._view(inspection.findings);
    writeOutput(exposureReport(view, values.format ?? 'html'), values.output, io);
    return isUnusable({ sources, unreadable }) ? ExitCode.UNUSABLE : ExitCode.CLEAN;
  },
};
