import { ChangeKind, type ChangedKey, type ChangedSecret } from './changed-secrets';
import { WorkloadEffect, type ChangedWorkload } from './changed-workloads';
import type { GrownExposure } from './grown-exposure';
import { groupBy } from '../errors/group-by';
import type { Finding } from '../inspect/finding';
import { number } from '../report/report';

/** All that differs between two states, for reports. */
export interface ChangeReport {
  /** How people name the two states. */
  readonly before: string;
  readonly after: string;
  readonly secrets: readonly ChangedSecret[];
  readonly workloads: readonly ChangedWorkload[];
  readonly refusals: readonly Finding[];
  readonly exposure: readonly GrownExposure[];
  readonly newFindings: readonly Finding[];
  /** What else there is to say. */
  readonly notes: readonly string[];
}

/** The sign before a line, as diffs have it. */
export const SIGNS: Readonly<Record<ChangeKind, string>> = {
  [ChangeKind.ADDED]: '+', [ChangeKind.REMOVED]: '-', [ChangeKind.CHANGED]: '~', [ChangeKind.UNSURE]: '?',
};

/** What people read of an effect. */
export const EFFECTS: Readonly<Record<WorkloadEffect, string>> = {
  [WorkloadEffect.STARTS]: 'is new',
  [WorkloadEffect.STOPS]: 'is removed',
  [WorkloadEffect.RESTARTS]: 'restarts',
  [WorkloadEffect.LATER]: 'changes later',
  [WorkloadEffect.RELOADS]: 'is restarted by Reloader',
  [WorkloadEffect.SEES_FILES]: 'sees new files',
  [WorkloadEffect.STALE]: 'is not restarted',
};

/** What people have to know first. */
const FIRST: readonly WorkloadEffect[] = [
  WorkloadEffect.STALE, WorkloadEffect.RESTARTS, WorkloadEffect.RELOADS, WorkloadEffect.LATER,
  WorkloadEffect.SEES_FILES, WorkloadEffect.STARTS, WorkloadEffect.STOPS,
];

/** Workloads by what becomes of them, and else in their order. */
export function byEffect(workloads: readonly ChangedWorkload[]): ChangedWorkload[] {
  return [...workloads].sort((a, b) => FIRST.indexOf(a.effect) - FIRST.indexOf(b.effect));
}

/** `shop/database`. */
export function secretName({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** What became of a secret, beyond that it is new or gone. */
export function secretWords(secret: ChangedSecret): string[] {
  const { change, delivery, formerDelivery, formerName, secretType = '', formerType, becomesImmutable, keys, fields, file } = secret;
  const isWhole = change === ChangeKind.ADDED || change === ChangeKind.REMOVED;
  return [
    formerDelivery === undefined ? delivery : `${formerDelivery} → ${delivery}`,
    ...formerName === undefined ? [] : [`was ${formerName}`],
    ...formerType === undefined ? [] : [`type ${formerType} → ${secretType}`],
    ...becomesImmutable === undefined ? [] : [becomesImmutable ? 'becomes immutable' : 'is immutable no more'],
    ...isWhole ? keys.length === 0 ? [] : [`keys ${keys.map(({ key }) => key).join(', ')}`] : keys.map(keyWords),
    ...fields.length === 0 ? [] : [`${fields.join(', ')} changed`],
    ...file === undefined ? [] : [`in ${file}`],
  ];
}

function keyWords({ key, change, reference, formerReference }: ChangedKey): string {
  switch (change) {
    case ChangeKind.ADDED: return `+${key}${reference === undefined ? '' : ` (${reference})`}`;
    case ChangeKind.REMOVED: return `-${key}`;
    case ChangeKind.CHANGED: return formerReference === undefined ? `~${key}` : `~${key} (${formerReference} → ${reference ?? 'elsewhere'})`;
    case ChangeKind.UNSURE: return `?${key}`;
  }
}

/** Why a workload is in the list. */
export function workloadWords({ effect, reasons, file }: ChangedWorkload): string[] {
  const words = effect === WorkloadEffect.STALE ? reasons.map(reason => `it keeps the old ${reason}`) : reasons;
  return [...words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words, ...file === undefined ? [] : [`in ${file}`]];
}

/** Who can read which keys of which secret now, and why. */
export interface ExposureWords {
  readonly what: string;
  readonly who: string;
  readonly why: string;
}

/** Exposure in words: keys that somebody reads in one way are one line. */
export function exposureWords(exposure: readonly GrownExposure[]): ExposureWords[] {
  const lines = groupBy(exposure, ({ namespace, secret, reader, way }) => JSON.stringify([namespace, secret, reader, way]));
  return [...lines.values()].map(group => {
    const [{ namespace, secret, reader, why }] = group;
    const keys = group.flatMap(({ key }) => key === undefined ? [] : [key]);
    const all = namespace === undefined ? 'every Secret' : `every Secret of ${namespace}`;
    return {
      what: secret === undefined ? all : `${secretName({ namespace, name: secret })}${keys.length === 0 ? '' : ` ${shortened(keys)}`}`,
      who: `${reader.kind} ${reader.namespace === undefined ? reader.name : `${reader.namespace}/${reader.name}`}`,
      why: group.length === 1 ? why : `${why}, and ${number(group.length - 1, 'more key')}`,
    };
  });
}

function shortened(keys: readonly string[]): string {
  return keys.length > 4 ? `${keys.slice(0, 3).join(', ')} and ${keys.length - 3} more` : keys.join(', ');
}

/** The change in one line. */
export function changeSummary({ secrets, workloads, refusals, exposure, newFindings }: ChangeReport): string {
  const secretsThat = (...kinds: ChangeKind[]) => secrets.filter(({ change }) => kinds.includes(change)).length;
  const workloadsThat = (...effects: WorkloadEffect[]) => workloads.filter(({ effect }) => effects.includes(effect)).length;
  const counts: [number, (count: number) => string][] = [
    [secretsThat(ChangeKind.ADDED), count => `${number(count, 'secret')} added`],
    [secretsThat(ChangeKind.REMOVED), count => `${number(count, 'secret')} removed`],
    [secretsThat(ChangeKind.CHANGED), count => `${number(count, 'secret')} changed`],
    [secretsThat(ChangeKind.UNSURE), count => `${number(count, 'secret')} perhaps changed`],
    [workloadsThat(WorkloadEffect.RESTARTS, WorkloadEffect.RELOADS), count => `${number(count, 'workload')} ${count === 1 ? 'restarts' : 'restart'}`],
    [workloadsThat(WorkloadEffect.STALE), count => `${number(count, 'workload')} ${count === 1 ? 'keeps' : 'keep'} old values`],
    [refusals.length, count => `${number(count, 'change')} refused`],
    [exposure.length, count => `${number(count, 'new way', 'new ways')} to read a secret`],
    [newFindings.length, count => `${number(count, 'new finding')}`],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, words]) => words(count));
  return said.length === 0 ? 'no change to secrets' : said.join(', ');
}
