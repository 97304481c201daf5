import { appCommand, declarationsOf } from './app-declarations';
import { findConfig, readConfig } from './check-config';
import { ExitCode, UsageError, type Command } from './command';
import { APP, CONTEXT, INPUTS, NAMESPACE, OUTPUT, PROGRESS, progressOf, wantsProgress } from './common-options';
import { inputsOf, isUnusable, readInputs, refuseNothing, sayUnreadable, STANDARD_INPUT, type Inputs } from './inputs';
import type { Io } from './io';
import { Kubectl } from './kubectl';
import { LiveSecrets } from './live-secrets';
import type { Options } from './option';
import { parseOptions, type Parsed } from './parse-options';
import { writeOutput } from './write-output';
import { readAppNotes } from '../app/app-notes';
import { inventoryOfManifests } from '../inspect/model/inventory';
import { kindsOf, type ObjectKind } from '../inspect/model/object-kinds';
import { readManifests } from '../inspect/model/read-manifests';
import { expectationsOf, verifyKind, verifySecret, Verdict, type Expectations, type Verified } from '../report/expectations';
import { countWrong, verificationJson, verificationText } from '../report/verification-report';

const VERIFY_OPTIONS = {
  format: { type: 'string', short: 'f', value: 'FORMAT', choices: ['text', 'json'], default: 'text', summary: '' },
  output: OUTPUT,
  namespace: NAMESPACE,
  app: APP,
  context: CONTEXT,
  ...INPUTS,
  ...PROGRESS,
} as const satisfies Options;

type Values = Parsed<typeof VERIFY_OPTIONS>['values'];

/** `cdk8s-secrets verify`: whether a cluster has what it is taken to have. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'says whether the cluster has what is expected of it',
  usage: ['[OPTION…] [FILE|DIRECTORY|-…]'],
  description: 'Asks the cluster that kubectl reaches whether the Secrets exist that an app, or manifests, take to exist: with these keys, of this type. And whether it serves the kinds that '
    + 'deliveries are made of. Only names are read, never a value.',
  details: ['See [what a change does](diff.md#before-it-is-applied) for what is expected of a cluster.'],
  examples: [
    { call: 'cdk8s-secrets verify', does: 'asks for what the app of cdk8s.yaml in this directory expects' },
    { call: 'cdk8s-secrets verify dist --context production', does: 'asks another cluster for what manifests expect' },
  ],
  options: VERIFY_OPTIONS,
  exits: {
    [ExitCode.CLEAN]: 'all is there', [ExitCode.FINDINGS]: 'something is missing or wrong', [ExitCode.UNUSABLE]: 'no kubectl, no cluster, or unusable input',
  },
  completes: () => ({ files: true }),

  async run(args, io) {
    const { values, positionals } = parseOptions(args, VERIFY_OPTIONS);
    const inputs = inputsOf(values, positionals);
    if (values.app !== undefined && inputs !== undefined) throw new UsageError('an app and files expect two things; ask for one at a time');
    const { isIncomplete, secrets, kinds } = inputs === undefined ? expectedByApp(values, io) : await expectedByManifests(inputs, values, io);
    const kubectl = new Kubectl(io.environment, values.context);
    const live = new LiveSecrets(kubectl);
    const verification = {
      secrets: secrets.map(secret => verifySecret(secret, live.of(secret.namespace ?? values.namespace))),
      kinds: [...kinds.map(kind => verifiedKind(kind, kubectl)), ...driversOf(kinds, kubectl)],
    };
    writeOutput(values.format === 'json' ? verificationJson(verification) : verificationText(verification), values.output, io);
    if (isIncomplete) return ExitCode.UNUSABLE;
    return countWrong(verification) > 0 ? ExitCode.FINDINGS : ExitCode.CLEAN;
  },
};

interface Expected extends Expectations {
  /** Whether what was read does not do. */
  readonly isIncomplete: boolean;
}

function expectedByApp({ app }: Values, io: Io): Expected {
  const { secrets, inventory, existing, kinds } = declarationsOf(appCommand(app), io);
  const made = [...secrets.filter(({ delivery }) => delivery !== 'existing'), ...inventory.secrets];
  return { ...expectationsOf(existing, made, inventory.uses, kinds), isIncomplete: false };
}

async function expectedByManifests(inputs: Inputs, values: Values, io: Io): Promise<Expected> {
  const progress = progressOf(wantsProgress(values), io);
  const read = await readInputs(inputs, io, progress).finally(() => progress.end());
  const { sources, generated, unreadable } = read;
  refuseNothing(read);
  sayUnreadable(unreadable, io);
  const paths = inputs.inputs.filter(input => input !== STANDARD_INPUT);
  const file = findConfig(paths);
  const manifests = readManifests(sources, values.namespace ?? '');
  const { secrets, uses } = inventoryOfManifests(manifests);
  const existing = [...readAppNotes(paths).existingSecrets, ...file === undefined ? [] : readConfig(file).existing];
  return { ...expectationsOf(existing, [...secrets, ...generated], uses, kindsOf(manifests)), isIncomplete: isUnusable({ sources, unreadable }) };
}

function verifiedKind(kind: ObjectKind, kubectl: Kubectl): Verified {
  const served = kubectl.kindsOf(kind.apiVersion);
  return verifyKind(kind, served, served?.has(kind.kind) === true ? [] : kubectl.versionsOf(kind.apiVersion.split('/')[0]));
}

const CSI_DRIVER = 'secrets-store.csi.k8s.io';

/** The driver that mounts what SecretProviderClasses name. */
function driversOf(kinds: Expectations['kinds'], kubectl: Kubectl): Verified[] {
  if (!kinds.some(({ kind }) => kind === 'SecretProviderClass')) return [];
  const found = kubectl.objects([{ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: CSI_DRIVER } }]).length > 0;
  return [{ what: `CSIDriver ${CSI_DRIVER}`, verdict: found ? Verdict.OK : Verdict.MISSING, details: found ? [] : ['the Secrets Store CSI driver is not installed'] }];
}
