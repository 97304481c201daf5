import type { Output } from './io';

/** How long nothing is said, and how often something is, in milliseconds. */
const QUIET = 1000;
const INTERVAL = 200;

/** In milliseconds, and never back. The clock of `performance` is one more module of Node.js to load. */
function uptime(): number {
  return process.uptime() * 1000;
}

/** Says on standard error how far a long run is: one line that changes on a terminal, lines below each other elsewhere. */
export class Progress {
  readonly #started: number;
  #said = 0;
  #isShown = false;

  /**
   * @param output where it is said
   * @param enabled whether it is said at all
   * @param now the clock, in milliseconds
   */
  constructor(private readonly output: Output, private readonly enabled: boolean, private readonly now: () => number = uptime) {
    this.#started = now();
  }

  /** Says what is done, if the time has come. */
  public update(what: () => string): void {
    if (!this.enabled) return;
    const now = this.now();
    if (now - this.#started < QUIET || now - this.#said < (this.output.isTTY ? INTERVAL : QUIET)) return;
    this.#said = now;
    this.#isShown = true;
    this.output.write(this.output.isTTY ? `\r\x1b[K${what()}` : `${what()}\n`);
  }

  /** Takes the line back. */
  public end(): void {
    if (this.#isShown && this.output.isTTY) this.output.write('\r\x1b[K');
    this.#isShown = false;
  }
}
