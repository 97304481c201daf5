import { amounts, type FunctionSpec } from './function-spec';

/** The Function resource of OpenFaaS. */
export const FUNCTION_RESOURCE = { apiVersion: 'openfaas.com/v1', kind: 'Function' } as const;

/**
 * The `spec` of a Function resource, fields in the order and with the omissions of `faas-cli generate`; that one loses the
 * process of the watchdog, which `handler` carries here.
 *
 * @param annotations further annotations of the pods
 */
export function functionResourceSpec(fn: FunctionSpec, annotations: Readonly<Record<string, string | undefined>> = {}): object {
  const given = (name: string, value: object | undefined) => value === undefined ? {} : { [name]: value };
  const filled = (name: string, value: object) => Object.keys(value).length === 0 ? {} : { [name]: value };
  return {
    name: fn.name,
    image: fn.image,
    ...fn.fprocess === undefined ? {} : { handler: fn.fprocess },
    ...filled('environment', sorted(fn.environment)),
    ...given('labels', fn.labels && sorted(fn.labels)),
    ...given('annotations', fn.annotations === undefined && Object.keys(annotations).length === 0 ? undefined : sorted({ ...fn.annotations, ...annotations })),
    ...given('limits', fn.limits && amounts(fn.limits)),
    ...given('requests', fn.requests && amounts(fn.requests)),
    ...given('constraints', fn.constraints),
    ...filled('secrets', fn.secretNames),
    ...fn.readOnlyRootFilesystem ? { readOnlyRootFilesystem: true } : {},
  };
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => a < b ? -1 : 1));
}

/** What of a function the resource has no field for; the operator's own settings hold for it. */
export function lostByFunctionResource(fn: FunctionSpec): string[] {
  return [
    ...fn.httpProbe ? [] : ['httpProbe: false'],
    ...fn.nonRootUser ? ['nonRootUser'] : [],
    ...fn.legacySecretsPath ? ['legacySecretsPath'] : [],
  ];
}
