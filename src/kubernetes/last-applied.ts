import { goJson } from './go-json';

/** The annotation in which `kubectl apply` keeps what was applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * How many bytes the annotation takes in which `kubectl apply` keeps what was applied: its key, and the object as Go
 * writes JSON, with a final line break. The object gets `annotations` and a namespace where it has none.
 *
 * @returns undefined for what is nested too deeply to be written, and could not be sent to a cluster either
 */
export function lastAppliedSize(object: Readonly<Record<string, unknown>>): number | undefined {
  const applied = { ...object, metadata: { annotations: {}, namespace: 'default', ...object.metadata as object | null | undefined } };
  try {
    return Buffer.byteLength(LAST_APPLIED) + Buffer.byteLength(goJson(applied)) + 1;
  } catch {
    return undefined;
  }
}
