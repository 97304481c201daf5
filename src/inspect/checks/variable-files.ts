import type { Codes } from '../../errors/codes';
import type { PodContext } from '../model/pod-context';
import { missingFiles, READS_FILES_SINCE } from '../model/variable-files';
import { quote } from '../quote';

/** The code of this rule. */
export const VARIABLE_FILE_CODES = {
  MissingVariableFile: {
    cause: 'A variable comes from a file (fileKeyRef, since 1.35), and nothing can have written it when the container starts: no other container mounts the volume before, or none at all. It then does not start, even if the key is optional.',
    example: 'env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: settings, path: app.env, key: A } } }] without an init container that mounts "settings"',
    fix: "Mount the volume in an init container that writes lines like NAME='value'.",
  },
} as const satisfies Codes;

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
