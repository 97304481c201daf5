import { effectiveSettings, VariableSource, VariableState, type Environment, type Setting } from './environment';
import type { PodContext } from './pod-context';
import { expand, referencesIn } from '../../kubernetes/expansion';
import type { Container, VolumeMount } from '../decode/decoded';

const SERVICE_NAME = /^[A-Z][A-Z0-9_]*$/;
const SERVICE_ENDING = /_(?:SERVICE_HOST|SERVICE_PORT|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;
const NAMED_PORT = '_SERVICE_PORT_';

/** Whether a variable has a name that Kubernetes gives one of every Service of the namespace. */
function isServiceVariable(name: string): boolean {
  if (!SERVICE_NAME.test(name)) return false;
  const port = name.indexOf(NAMED_PORT);
  return (port > 0 && port + NAMED_PORT.length < name.length) || SERVICE_ENDING.test(name);
}

/** Whether a variable that no entry sets may be there all the same: from a Secret of unknown keys, or for a Service. */
export function mayBeSet(name: string, environment: Environment): boolean {
  return isServiceVariable(name) || environment.open.some(({ prefix }) => name.startsWith(prefix));
}

/**
 * The variables of a `subPathExpr` that have no value, sorted: the kubelet does not start such a container, and says
 * `missing value for NAME`. An empty value counts as none.
 */
export function missingValues(subPathExpr: string, container: Container, environment: Environment, context: PodContext): string[] {
  const names = new Set(referencesIn(subPathExpr));
  if (names.size === 0) return [];
  const settings = new Map(effectiveSettings(environment).map(setting => [setting.name, setting]));
  return [...names].filter(name => {
    const setting = settings.get(name);
    return setting === undefined ? !mayBeSet(name, environment) : isEmpty(setting, container, context);
  }).sort();
}

function isEmpty({ name, state, source, from, key = '' }: Setting, container: Container, { cluster, namespace }: PodContext): boolean {
  if (state === VariableState.ABSENT || state === VariableState.SKIPPED) return true;
  if (source === VariableSource.LITERAL) return [...container.env ?? []].reverse().find(variable => variable.name === name)?.value === '';
  const contents = source === VariableSource.SECRET ? cluster.secrets.get(namespace, from)?.contents : undefined;
  return contents !== undefined && contents.keys.has(key) && contents.size(key) === 0;
}

/** The `subPath` of a mount, as it is or from its `subPathExpr`; undefined where a variable of that one is no literal text. */
export function subPathOf({ subPath, subPathExpr = '' }: VolumeMount, container: Container): string | undefined {
  if (subPathExpr === '') return subPath ?? '';
  const names = referencesIn(subPathExpr);
  if (names.length === 0) return expand(subPathExpr, () => undefined);
  const literals = literalsOf(container);
  return names.every(name => literals.get(name) !== undefined) ? expand(subPathExpr, name => literals.get(name)) : undefined;
}

/** The variables of a container that are made of literal texts alone; undefined for the others. */
function literalsOf(container: Container): Map<string, string | undefined> {
  const literals = new Map<string, string | undefined>();
  for (const { name = '', value = '', valueFrom } of container.env ?? []) {
    const known = valueFrom === undefined && referencesIn(value).every(reference => literals.get(reference) !== undefined);
    literals.set(name, known ? expand(value, reference => literals.get(reference)) : undefined);
  }
  return literals;
}
