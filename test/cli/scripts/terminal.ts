import { spawn, spawnSync } from 'node:child_process';
import type { StandIns } from './stand-in';

/** Why there is no pseudo-terminal here; undefined where there is one. */
export const NO_TERMINAL = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')
  ? undefined : 'there is no script(1) of util-linux';

const CTRL_D = '\x04';

/** What ends the lines that are typed after an empty one. */
export const END = CTRL_D;

/**
 * Runs a script on a terminal, at which somebody types an answer whenever the screen ends with a question.
 *
 * @returns what the terminal showed, and the exit code
 */
export async function runOnTerminal(
  standIns: StandIns, script: string, answers: readonly string[], env: Readonly<Record<string, string>> = {}, shell: readonly string[] = ['sh'],
): Promise<{ screen: string; status: number | null }> {
  const child = spawn('script', ['-qec', `${shell.join(' ')} ${standIns.file(script)}`, '/dev/null'], { cwd: standIns.folder, env: standIns.environment(env) });
  const waiting = [...answers];
  let screen = '';
  let asked = 0;
  child.stdout.on('data', chunk => {
    screen += chunk;
    // A question ends without a newline.
    if (!/: $/.test(screen.slice(asked))) return;
    asked = screen.length;
    const answer = waiting.shift();
    if (answer !== undefined) child.stdin.write(answer);
  });
  const status = await new Promise<number | null>(resolve => child.on('close', resolve));
  return { screen, status };
}
