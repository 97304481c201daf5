import type { Manifest } from './manifest';
import { entryOf } from './string-map';

/** The label by which OpenFaaS finds the pods of a function. */
export const FUNCTION_LABEL = 'faas_function';

/** Whether an object is a function of OpenFaaS: the custom resource, or the Deployment that it is run by. */
export function isFunction({ apiVersion, kind, metadata }: Manifest): boolean {
  return kind === 'Function' ? apiVersion.startsWith('openfaas.com/') : entryOf(metadata.labels, FUNCTION_LABEL) !== undefined;
}
