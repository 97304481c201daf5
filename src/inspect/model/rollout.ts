import type { Manifest } from './manifest';
import type { PodTemplate } from './pod-template';
import { keysOf } from './string-map';

const RELOADER = /^(?:secret\.|secretproviderclass\.)?reloader\.stakater\.com\/(?:auto|reload|search)$/;

/** What replaces pods when a Secret that they see changes: a checksum in their template, or Stakater's Reloader. */
export function rolloutOf(manifest: Manifest, { metadata }: PodTemplate): 'checksum' | 'reloader' | undefined {
  const annotations = [...keysOf(metadata.annotations), ...keysOf(manifest.metadata.annotations)];
  if (annotations.some(name => name.startsWith('checksum/'))) return 'checksum';
  return asksReloader(annotations) ? 'reloader' : undefined;
}

/** Whether annotations ask Reloader to restart a workload. */
export function asksReloader(annotations: readonly string[]): boolean {
  return annotations.some(name => RELOADER.test(name));
}
