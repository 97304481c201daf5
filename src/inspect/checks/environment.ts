import type { Codes } from '../../errors/codes';
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

/** The codes of these rules. */
export const ENVIRONMENT_CODES = {
  ShadowedVariable: {
    cause: 'A variable that comes from a whole Secret is set again, by a later entry of envFrom or by env, which always wins. The earlier value is lost.',
    example: 'envFrom with two Secrets that both have the key "password"',
    fix: 'Give one of them a prefix, or take single keys with valueFrom.',
    warns: true,
  },
  UnusableVariableName: {
    cause: "A key that envFrom makes a variable of is no name of one: the kubelet passes it over until 1.29 where it starts with a digit, and no shell can refer to it where it has '.' or '-'.",
    example: "envFrom with a Secret that has the key 'tls.crt'",
    fix: 'Take it with valueFrom and give it a name, or mount it as a file.',
    warns: true,
  },
  OversizedVariable: {
    cause: 'A variable has more than 131,072 bytes with its name; Linux starts no program with it ("argument list too long").',
    example: 'a keystore in a variable',
    fix: 'Mount it as a file.',
  },
  BinaryVariable: {
    cause: 'A variable takes a value that is no text. With a zero byte the container does not start; with other bytes that are no UTF-8 it does not start with 1.34 to 1.36, and such a value is a warning for later ones.',
    example: 'a keystore in a variable',
    fix: 'Mount it as a file, or keep it in base64 inside of the Secret.',
    warns: 'for versions from 1.37 on, where the value has no zero byte: not every release and runtime takes it',
  },
  UnresolvedVariable: {
    cause: 'A text refers to a variable that is set further down, or not at all: $(NAME) stays as it is, and in subPathExpr the container does not start.',
    example: 'env: [{ name: URL, value: "$(PW)" }, { name: PW, valueFrom: … }]',
    fix: 'Move the variable up, or correct the name.',
    warns: 'in the value of a variable, which then stays as it is; in subPathExpr it is an error',
  },
  RewrittenDollar: {
    cause: 'A literal value has $$, of which the kubelet makes one $, or a $ before a character beyond ASCII, which it breaks. Values of Secrets are left alone.',
    example: 'value: "pa$$word"',
    fix: 'Write $$$$ for two, or take the value from a Secret.',
    warns: true,
  },
} as const satisfies Codes;

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
  const whole = environment.settings.filter(setting => setting.whole && setting.source === VariableSource.SECRET);
  if (whole.length === 0) return;
  const bySource = new Map<FieldPath, Setting[]>();
  for (const setting of whole) {
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
  container.volumeMounts?.forEach(({ subPathExpr = '' }, index) => {
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
