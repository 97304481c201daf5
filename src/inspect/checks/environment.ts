import { quoteList } from '../../errors/suggest';
import { envName } from '../../kubernetes/env-names';
import { collapsesDollars, mangles, referencesIn } from '../../kubernetes/expansion';
import { MAX_VARIABLE_SIZE } from '../../kubernetes/sizes';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { effectiveSettings, environmentOf, SKIPS_KEYS_UNTIL, VariableSource, VariableState, type Environment, type Setting } from '../model/environment';
import type { PlacedContainer, PodContext } from '../model/pod-context';
import { mayBeSet, missingValues } from '../model/sub-path-expr';
import { TAKES_NO_BINARY, unfitValue } from '../model/variable-values';
import { quote } from '../quote';

/** A version whose kubelet takes every key for a variable. */
const NEWER = SKIPS_KEYS_UNTIL + 1;

/** What a container gets that its manifest does not show. */
export function checkEnvironment(context: PodContext): void {
  for (const placed of context.containers) {
    const { container, path } = placed;
    const environment = environmentOf(container, path, context.namespace, context.cluster, NEWER);
    checkShadowing(environment, context.out);
    checkNames(environment, context.out);
    checkValues(environment, context);
    checkLiterals(placed, environment, context.out);
    checkSubPathExpr(placed, environment, context);
  }
}

const NOUNS: Readonly<Record<VariableSource, string>> = {
  [VariableSource.SECRET]: 'the Secret',
  [VariableSource.CONFIG_MAP]: 'the ConfigMap',
  [VariableSource.POD]: 'the field',
  [VariableSource.FILE]: 'the file',
  [VariableSource.LITERAL]: 'a literal value',
};

function describe({ source, from, key }: Setting): string {
  if (source === VariableSource.LITERAL) return NOUNS[source];
  return key === undefined ? `${NOUNS[source]} ${quote(from)}` : `the key ${quote(key)} of ${NOUNS[source]} ${quote(from)}`;
}

/** Of several settings of one variable the last one counts. */
function checkShadowing(environment: Environment, out: FindingsOfObject): void {
  if (environment.settings.length < 2) return;
  const last = new Map<string, Setting>();
  const lost = new Map<FieldPath, Map<FieldPath, [Setting, Setting][]>>();
  for (const setting of environment.settings) {
    if (setting.state === VariableState.ABSENT) continue;
    const before = last.get(setting.name);
    last.set(setting.name, setting);
    if (before === undefined) continue;
    if (!before.whole && !setting.whole) {
      const builds = setting.references.includes(setting.name);
      out.surprises('DuplicateEnvName', setting.path, builds
        ? `the variable ${quote(setting.name)} stands twice, which server-side apply refuses`
        : `the variable ${quote(setting.name)} stands twice: the last one counts, and server-side apply refuses it`, 'leave one of them out');
    } else if (before.source === VariableSource.SECRET || setting.source === VariableSource.SECRET) {
      const byLoser = lost.get(setting.path) ?? new Map<FieldPath, [Setting, Setting][]>();
      const pairs = byLoser.get(before.path) ?? [];
      pairs.push([setting, before]);
      lost.set(setting.path, byLoser.set(before.path, pairs));
    }
  }
  for (const [path, byLoser] of lost) {
    for (const pairs of byLoser.values()) reportLost(pairs, path, out);
  }
}

/** What one entry takes from another: a single variable, or several of two whole sources. */
function reportLost(pairs: readonly (readonly [Setting, Setting])[], path: FieldPath, out: FindingsOfObject): void {
  const [[setting, before]] = pairs;
  const next = 'give one of them another name or prefix, or take single keys with valueFrom';
  if (pairs.length === 1) {
    out.surprises('ShadowedVariable', path, `the variable ${quote(setting.name)} comes from ${describe(setting)}, and no longer from ${describe(before)}`, next);
    return;
  }
  const whole = ({ source, from }: Setting) => `${NOUNS[source]} ${quote(from)}`;
  out.surprises('ShadowedVariable', path,
    `the variables ${quoteList(pairs.map(([{ name }]) => name))} come from ${whole(setting)}, and no longer from ${whole(before)}`, next);
}

/** Keys of whole Secrets that are no names of variables, or none that a shell can use. */
function checkNames(environment: Environment, out: FindingsOfObject): void {
  if (!environment.settings.some(setting => setting.whole)) return;
  const bySource = new Map<FieldPath, Setting[]>();
  for (const setting of environment.settings) {
    if (!setting.whole || setting.source !== VariableSource.SECRET) continue;
    const settings = bySource.get(setting.path);
    if (settings === undefined) bySource.set(setting.path, [setting]);
    else settings.push(setting);
  }
  for (const [path, settings] of bySource) {
    const list = (chosen: readonly Setting[]) => quoteList(chosen.map(({ name }) => name));
    const next = 'give it a prefix, or take single keys with valueFrom';
    const skipped = settings.filter(({ name }) => envName(name).length > 0);
    if (skipped.length > 0) {
      out.surprises('UnusableVariableName', path, `the kubelet passes over ${list(skipped)}: no names of variables`, next, { until: SKIPS_KEYS_UNTIL });
    }
    const unusable = settings.filter(({ name }) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
    if (unusable.length > 0) out.surprises('UnusableVariableName', path, `no shell can refer to the variables ${list(unusable)}`, next);
  }
}

/** Values that no variable can hold. */
function checkValues(environment: Environment, context: PodContext): void {
  const { out } = context;
  for (const setting of effectiveSettings(environment)) {
    const unfit = unfitValue(setting, context);
    if (unfit === undefined) continue;
    const { from, key = '', path } = setting;
    const what = `the value of ${quote(key)} in the Secret ${quote(from)}`;
    const next = 'mount it as a file';
    if (unfit.kind === 'oversized') {
      out.fails('OversizedVariable', path, `${what} makes a variable of ${unfit.size} bytes, and Linux takes ${MAX_VARIABLE_SIZE}: the container does not start`, next);
    } else if (unfit.kind === 'zero-byte') {
      out.fails('BinaryVariable', path, `${what} has a zero byte, which no variable can hold: the container does not start`, next);
    } else {
      const { until } = TAKES_NO_BINARY;
      const warning = `${what} is no UTF-8 text; not every version of Kubernetes and runtime takes that for a variable`;
      out.fails('BinaryVariable', path, `${what} is no UTF-8 text: the kubelet cannot pass it on, and the container is not created`, next, TAKES_NO_BINARY);
      out.surprises('BinaryVariable', path, warning, next, { since: until + 1 });
    }
  }
}

/** `$` in literal values. */
function checkLiterals({ container, path }: PlacedContainer, environment: Environment, out: FindingsOfObject): void {
  const { env = [] } = container;
  if (!env.some(({ value }) => value?.includes('$'))) return;
  const later = new Set(env.map(variable => variable.name ?? ''));
  const before = new Set(environment.settings.filter(setting => setting.whole).map(setting => setting.name));
  env.forEach(({ name = '', value = '' }, index) => {
    const at = path.child('env').index(index).child('value');
    for (const reference of new Set(referencesIn(value))) {
      if (before.has(reference) || mayBeSet(reference, environment)) continue;
      const why = later.has(reference) ? 'is set further down' : 'is no variable of this container';
      out.surprises('UnresolvedVariable', at, `$(${reference}) stays as it is: ${quote(reference)} ${why}`,
        later.has(reference) ? 'move the variable up' : 'correct the name, or write $$ for a $ that is meant');
    }
    checkDollars(value, at, out);
    before.add(name);
  });
}

/** Variables in `subPathExpr`, without which the container does not start. */
function checkSubPathExpr({ container, path }: PlacedContainer, environment: Environment, context: PodContext): void {
  (container.volumeMounts ?? []).forEach(({ subPathExpr = '' }, index) => {
    if (subPathExpr === '') return;
    const missing = missingValues(subPathExpr, container, environment, context);
    if (missing.length > 0) {
      context.out.fails('UnresolvedVariable', path.child('volumeMounts').index(index).child('subPathExpr'),
        `the container does not start: missing value for ${missing.join(', ')}`, 'set the variable in env');
    }
  });
}

function checkDollars(value: string, path: FieldPath, out: FindingsOfObject): void {
  if (collapsesDollars(value)) {
    out.surprises('RewrittenDollar', path, 'the value has $$, of which the kubelet makes one $', 'write $$$$ where two are meant; values of Secrets are left alone');
  }
  if (mangles(value)) {
    out.surprises('RewrittenDollar', path, 'the value has a $ before a character beyond ASCII, which the kubelet breaks', 'take the value from a Secret, where it is left alone', { until: 34 });
  }
}
