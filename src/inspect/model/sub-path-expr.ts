import { effectiveSettings, VariableSource, VariableState, type Environment, type Setting } from './environment';
import type { PodContext } from './pod-context';
import { referencesIn } from '../../kubernetes/expansion';
import type { Container } from '../decode/decoded';

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
