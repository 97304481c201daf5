import { isLive } from './clean';
import type { Manifest } from '../../inspect/model/manifest';
import { isEncrypted } from '../../inspect/model/sops';
import { record, valueAt } from '../../inspect/model/untyped';
import { SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';

/** Whether it is a Secret whose values can be read. */
export function isSecret(manifest: Manifest): boolean {
  return manifest.apiVersion === 'v1' && manifest.kind === 'Secret' && !isSops(manifest);
}

/** Whether SOPS has encrypted it. */
export function isSops(manifest: Manifest): boolean {
  return isEncrypted(originalOf(manifest));
}

/** The object as it stands in its document. */
export function originalOf({ source, segments }: Manifest): Record<string, unknown> {
  return record(valueAt(source.manifest, segments));
}

/** Whether the cluster fills it in. */
export function isToken({ raw }: Manifest): boolean {
  return raw.type === SERVICE_ACCOUNT_TOKEN && (isLive(raw) || (raw.data === undefined && raw.stringData === undefined));
}
