import { text } from './untyped';

/** A kind of objects, in a version of its group. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The kinds of objects, each once, in order. */
export function kindsOf(objects: readonly { readonly apiVersion?: unknown; readonly kind?: unknown }[]): ObjectKind[] {
  const kinds = new Map<string, ObjectKind>();
  for (const { apiVersion, kind } of objects) {
    if (text(apiVersion) !== '' && text(kind) !== '') kinds.set(`${text(apiVersion)} ${text(kind)}`, { apiVersion: text(apiVersion), kind: text(kind) });
  }
  return [...kinds].sort(([a], [b]) => a < b ? -1 : 1).map(([, kind]) => kind);
}

/** The groups of the API that every cluster serves. */
const BUILT_IN = /^(?:|apps|autoscaling|batch|policy|(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/;

/** Whether a kind is there only where somebody has installed what reads it. */
export function isCustom({ apiVersion }: ObjectKind): boolean {
  return !BUILT_IN.test(apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
}
