import { spawnSync } from 'node:child_process';

/** What a call of kubectl said. */
export interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls kubectl with the KUBECONFIG of the environment. */
export function kubectl(args: readonly string[], input?: unknown): Answer {
  const text = input === undefined ? undefined : JSON.stringify(input);
  const { status, stdout, stderr, error } = spawnSync('kubectl', args, { input: text, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { ok: status === 0, stdout: stdout ?? '', stderr: stderr ?? String(error) };
}

/** Calls kubectl, and stops where it does not do what it is asked for. */
export function mustKubectl(args: readonly string[], input?: unknown): string {
  const { ok, stdout, stderr } = kubectl(args, input);
  if (!ok) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Objects as one list. */
export function listOf(items: readonly unknown[]): unknown {
  return { apiVersion: 'v1', kind: 'List', items };
}
