import { OrderRole } from './order-graph';
import { ARGO_HOOK, ARGO_WAVE, HELM_HOOK } from '../inspect/model/order-annotations';

type Annotations = Readonly<Record<string, unknown>>;

/** When something is applied, as far as the order has to know it. */
export interface Turn {
  readonly wave: number;
  /** The phases before the usual one, sorted; none where it is applied with all others. */
  readonly phases: readonly string[];
}

/** How one program that applies manifests is told the order. */
export interface OrderingVariant {
  /** What of the objects it orders. */
  readonly roles: ReadonlySet<OrderRole>;
  /** When something is applied that has these annotations of the user, or undefined where the order does not depend on it. */
  turnOf(annotations: Annotations): Turn | undefined;
  /** Whether an object says itself when it is applied. */
  isTold(annotations: Annotations): boolean;
  /** The turn before all of these, or undefined where none is needed. */
  before(turns: readonly Turn[]): Turn | undefined;
  /** What an object is annotated with to have a turn. */
  annotations(turn: Turn): Readonly<Record<string, string>>;
}

const USUAL: Turn = { wave: 0, phases: [] };
const { ACCOUNT, MAKER, NAMESPACE, PUSH, SOURCE } = OrderRole;

/** Waves of Argo CD: it waits until what is in one is healthy before it applies the next. */
export const argoSyncWaves: OrderingVariant = {
  roles: new Set([MAKER, SOURCE, PUSH, ACCOUNT, NAMESPACE]),
  turnOf: annotations => {
    const hook = annotations[ARGO_HOOK];
    // what belongs to another phase has waves of its own
    return hook === undefined || hook === 'Sync' ? { wave: wholeNumber(annotations[ARGO_WAVE]), phases: [] } : undefined;
  },
  isTold: annotations => annotations[ARGO_WAVE] !== undefined || annotations[ARGO_HOOK] !== undefined,
  before: turns => ({ wave: Math.min(...[USUAL, ...turns].map(({ wave }) => wave)) - 1, phases: [] }),
  annotations: ({ wave }) => ({ [ARGO_WAVE]: String(wave) }),
};

const HELM_WEIGHT = 'helm.sh/hook-weight';
/** Hooks that run before the release is there. */
const EARLY = ['pre-install', 'pre-rollback', 'pre-upgrade'];
/** What is made in an early hook must be there after an installation and after an upgrade: it belongs to no release. */
const ALWAYS = ['pre-install', 'pre-upgrade'];

/**
 * Hooks of Helm. Only what an early hook needs becomes one: Helm deletes a hook and makes it anew in every upgrade, so a namespace
 * or a ServiceAccount never does.
 */
export const helmHooks: OrderingVariant = {
  roles: new Set([MAKER, SOURCE, PUSH]),
  turnOf: annotations => {
    const hooks = typeof annotations[HELM_HOOK] === 'string' ? annotations[HELM_HOOK].split(',').map(hook => hook.trim()) : [];
    const phases = hooks.filter(hook => EARLY.includes(hook)).sort();
    return phases.length === 0 ? undefined : { wave: wholeNumber(annotations[HELM_WEIGHT]), phases };
  },
  isTold: annotations => annotations[HELM_HOOK] !== undefined,
  before: turns => turns.length === 0 ? undefined : {
    wave: Math.min(...turns.map(({ wave }) => wave)) - 1,
    phases: [...new Set([...ALWAYS, ...turns.flatMap(({ phases }) => phases)])].sort(),
  },
  annotations: ({ wave, phases }) => ({ [HELM_HOOK]: phases.join(','), [HELM_WEIGHT]: String(wave) }),
};

function wholeNumber(value: unknown): number {
  return typeof value === 'string' && /^[+-]?\d{1,9}$/.test(value) ? Number(value) : 0;
}
