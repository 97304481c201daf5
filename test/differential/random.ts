/** Random numbers that are the same for the same seed, on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 up to, and without, the limit. */
  public below(limit: number): number {
    // Mulberry32: 32 bits of state, enough for inputs.
    /* eslint-disable no-bitwise */
    this.state = (this.state + 0x6D2B79F5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor(((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32 * limit);
    /* eslint-enable no-bitwise */
  }

  /** One of them. */
  public pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  /** Whether it is one of so many. */
  public oneIn(count: number): boolean {
    return this.below(count) === 0;
  }
}
