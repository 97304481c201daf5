import type { Manifest } from './manifest';

export const HELM_HOOK = 'helm.sh/hook';
export const ARGO_HOOK = 'argocd.argoproj.io/hook';
export const ARGO_WAVE = 'argocd.argoproj.io/sync-wave';

/** Whether an object says that it is not applied together with all others, but before or after them. */
export function hasTurn({ metadata: { annotations } }: Manifest): boolean {
  return annotations !== undefined && [HELM_HOOK, ARGO_HOOK, ARGO_WAVE].some(name => annotations[name] !== undefined);
}
