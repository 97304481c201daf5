import type { PodContext } from '../model/pod-context';
import { missingFiles, READS_FILES_SINCE } from '../model/variable-files';
import { quote } from '../quote';

/** Variables out of files (`fileKeyRef`) that nothing can have written when the container starts. */
export function checkVariableFiles(context: PodContext): void {
  for (const placed of context.containers) {
    for (const { path, from, isUnmounted } of missingFiles(placed, context)) {
      const what = isUnmounted ? `no container mounts the volume ${quote(from.volumeName ?? '')}`
        : `no other container writes the file ${quote(from.path ?? '')} into the volume ${quote(from.volumeName ?? '')} before it starts`;
      context.out.fails('MissingVariableFile', path, `the container ${quote(placed.container.name ?? '')} does not start: ${what}`,
        'mount the volume in an init container that writes the file', { since: READS_FILES_SINCE });
    }
  }
}
