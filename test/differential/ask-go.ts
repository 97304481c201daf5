import { spawnSync } from 'node:child_process';

/** What the Go program in a folder answers about inputs, as JSON; a text instead where it cannot be had, and why. */
export function askGo<A>(folder: string, inputs: readonly unknown[]): readonly A[] | string {
  const go = (args: readonly string[], input?: string) => {
    return spawnSync('go', args, { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, GOFLAGS: '-mod=mod' } });
  };
  const { status: downloaded, error } = go(['mod', 'download']);
  if (error !== undefined) return 'there is no Go on this machine';
  if (downloaded !== 0) return 'its Go modules cannot be had here';
  const { status, stdout, stderr } = go(['run', '.'], JSON.stringify(inputs));
  if (status !== 0) throw new Error(`the Go program in ${folder} failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}
