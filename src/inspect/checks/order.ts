import type { Codes } from '../../errors/codes';
import type { FieldPath } from '../field-path';
import { areAppliedTogether, type Manifest } from '../model/manifest';
import { ARGO_HOOK, ARGO_WAVE, HELM_HOOK } from '../model/order-annotations';
import type { PodContext } from '../model/pod-context';
import { secretReferences } from '../model/secret-references';
import { entryOf } from '../model/string-map';
import { quote } from '../quote';

/** The code of this rule. */
export const ORDER_CODES = {
  SecretComesLater: {
    cause: 'A Job is started before the Secret that it needs is made: in an earlier phase or wave of Helm or Argo CD. It waits, and what comes after it waits for it.',
    example: 'a Job with helm.sh/hook: pre-install that uses the Secret of an ExternalSecret without a hook',
    fix: 'Have the Secret made in the same phase, before the Job, or the Job started later.',
    warns: true,
  },
} as const satisfies Codes;

/** When something is applied: the phase of the program that applies it, and the place in it. */
interface Turn {
  readonly by: 'Helm' | 'Argo CD';
  readonly phase: number;
  readonly wave: number;
  /** Like `the hook pre-install`, `the wave -1`. */
  readonly named: string;
}

const HELM_WEIGHT = 'helm.sh/hook-weight';

const MAIN = 1;
/** Both start hooks of the earlier phase before they apply anything else. */
const PHASES: Readonly<Record<string, number>> = { 'pre-install': 0, 'PreSync': 0, 'Sync': MAIN, 'post-install': 2, 'PostSync': 2 };

/** A pod that is started, and waited for, before the Secret that it uses is made. */
export function checkOrder({ cluster, manifest, namespace, pod }: PodContext): void {
  if (!cluster.isOrdered) return;
  const seen = new Set<string>();
  for (const { secretName, optional, field } of secretReferences(pod.spec, pod.path)) {
    if (optional || seen.has(secretName)) continue;
    seen.add(secretName);
    const maker = cluster.secrets.get(namespace, secretName)?.manifest;
    if (maker !== undefined && areAppliedTogether(manifest, maker)) compareTurns(manifest, maker, secretName, field);
  }
}

function compareTurns(user: Manifest, maker: Manifest, secret: string, field: FieldPath): void {
  const turns = turnsOf(user);
  for (const turn of turns) {
    const before = turnOf(maker, turn.by);
    // what is a hook of something else, such as a test or an upgrade, is not there at this time anyway
    if (before === undefined || turn.phase > before.phase || (turn.phase === before.phase && turn.wave >= before.wave)) continue;
    user.findings.surprises('SecretComesLater', field, `${turn.by} starts this in ${turn.named}, and makes the Secret ${quote(secret)} later, in ${before.named}: it waits for the Secret, and what follows waits for it`,
      `apply the ${maker.kind} ${quote(maker.name)} in ${turn.named} too, or earlier`);
    return;
  }
}

function turnsOf(manifest: Manifest): Turn[] {
  const annotations = manifest.metadata.annotations;
  const isOfHelm = entryOf(annotations, HELM_HOOK) !== undefined;
  const turns = [...isOfHelm ? [turnOf(manifest, 'Helm')] : [], turnOf(manifest, 'Argo CD')];
  return turns.filter(turn => turn !== undefined);
}

function turnOf({ metadata: { annotations } }: Manifest, by: Turn['by']): Turn | undefined {
  const [hookName, waveName] = by === 'Helm' ? [HELM_HOOK, HELM_WEIGHT] : [ARGO_HOOK, ARGO_WAVE];
  const hooks = entryOf(annotations, hookName)?.split(',').map(hook => hook.trim());
  const wave = wholeNumber(entryOf(annotations, waveName)) ?? 0;
  if (hooks === undefined) return { by, phase: MAIN, wave, named: by === 'Helm' ? 'the installation' : `the wave ${wave}` };
  const hook = hooks.find(each => Object.hasOwn(PHASES, each));
  if (hook === undefined) return undefined;
  return { by, phase: PHASES[hook], wave, named: `the hook ${hook}${wave === 0 ? '' : ` (${by === 'Helm' ? 'weight' : 'wave'} ${wave})`}` };
}

function wholeNumber(text = ''): number | undefined {
  return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
