/** How often a measurement is repeated before its growth is believed: other programs of the machine only ever make one slower. */
const ATTEMPTS = 16;
/** Times below this say more about the clock and the compiler than about the code. */
const MIN_MILLISECONDS = 8;

/**
 * How many times as long a run with twice the size takes, the least of several attempts.
 *
 * @param prepare makes what is measured for a size; its own time does not count
 * @param enough attempts end when one is no more than this
 */
export function growthOf(prepare: (size: number) => () => unknown, size: number, enough: number): number {
  let from = size;
  let least = Infinity;
  prepare(size)();
  for (let attempt = 0; attempt < ATTEMPTS && least > enough; attempt++) {
    let once = timeOf(prepare(from));
    while (once < MIN_MILLISECONDS && from < size * 256) {
      from *= 2;
      once = timeOf(prepare(from));
    }
    // Over two doublings what slows the machine for a moment weighs half as much.
    least = Math.min(least, Math.sqrt(timeOf(prepare(4 * from)) / once));
  }
  return least;
}

function timeOf(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
