/** How many bytes of a pattern the automaton holds; the rest is compared where these were found. */
const MAX_DEPTH = 128;
const ROOT = 0;
const NONE = -1;

/**
 * Finds any number of byte patterns in texts, in one pass over each text (Aho and Corasick).
 *
 * The time is linear in the lengths of the patterns and the texts, whatever the number of patterns. Of long patterns
 * only the start is in the automaton, so its size stays in proportion to their number.
 */
export class ByteMatcher {
  readonly #patterns: readonly Buffer[];
  readonly #edges: EdgeTable;
  /** By state: the longest proper suffix that is a state. */
  readonly #failure: Int32Array;
  /** By state: the nearest state, itself or along the failures, in which a pattern ends. */
  readonly #ending: Int32Array;
  /** By state: the patterns whose first `MAX_DEPTH` bytes end there. */
  readonly #endings = new Map<number, number[]>();

  /** @param patterns none of them empty */
  constructor(patterns: readonly Buffer[]) {
    this.#patterns = patterns;
    const size = patterns.reduce((sum, pattern) => sum + Math.min(pattern.length, MAX_DEPTH), 1);
    this.#edges = new EdgeTable(size);
    const parents = new Int32Array(size);
    const bytes = new Uint8Array(size);
    const depths = new Uint8Array(size);
    let states = 1;
    patterns.forEach((pattern, index) => {
      let state = ROOT;
      for (let at = 0; at < pattern.length && at < MAX_DEPTH; at++) {
        const byte = pattern[at];
        let next = this.#edges.get(state, byte);
        if (next === NONE) {
          next = states++;
          this.#edges.set(state, byte, next);
          parents[next] = state;
          bytes[next] = byte;
          depths[next] = at + 1;
        }
        state = next;
      }
      const ending = this.#endings.get(state);
      if (ending === undefined) this.#endings.set(state, [index]);
      else ending.push(index);
    });
    this.#failure = new Int32Array(states);
    this.#ending = new Int32Array(states).fill(NONE);
    for (const state of byDepth(depths.subarray(0, states))) {
      if (depths[state] > 1) this.#failure[state] = this.#step(this.#failure[parents[state]], bytes[state]);
      this.#ending[state] = this.#endings.has(state) ? state : this.#ending[this.#failure[state]];
    }
  }

  /**
   * Calls back for every occurrence of every pattern.
   *
   * @param text the bytes to search
   * @param found gets the index of the pattern
   */
  public search(text: Buffer, found: (pattern: number) => void): void {
    let state = ROOT;
    for (let at = 0; at < text.length; at++) {
      state = this.#step(state, text[at]);
      for (let ending = this.#ending[state]; ending !== NONE; ending = this.#ending[this.#failure[ending]]) {
        for (const index of this.#endings.get(ending)!) {
          if (this.#continues(this.#patterns[index], text, at + 1)) found(index);
        }
      }
    }
  }

  #step(from: number, byte: number): number {
    for (let state = from; ; state = this.#failure[state]) {
      const next = this.#edges.get(state, byte);
      if (next !== NONE) return next;
      if (state === ROOT) return ROOT;
    }
  }

  /** Whether the text goes on with what the automaton does not hold of a pattern. */
  #continues(pattern: Buffer, text: Buffer, at: number): boolean {
    const rest = pattern.length - MAX_DEPTH;
    return rest <= 0 || (at + rest <= text.length && text.compare(pattern, MAX_DEPTH, pattern.length, at, at + rest) === 0);
  }
}

/** The states, the shallow ones first. */
function byDepth(depths: Uint8Array): Int32Array {
  const starts = new Int32Array(MAX_DEPTH + 2);
  for (const depth of depths) starts[depth + 1]++;
  for (let depth = 1; depth < starts.length; depth++) starts[depth] += starts[depth - 1];
  const states = new Int32Array(depths.length);
  depths.forEach((depth, state) => { states[starts[depth]++] = state; });
  return states;
}

/** Which state follows which on which byte: a hash table with open addresses, at most half full. */
class EdgeTable {
  readonly #mask: number;
  readonly #keys: Float64Array;
  readonly #states: Int32Array;
  /** The edges of the root, where searches spend most of their time. */
  readonly #root = new Int32Array(256).fill(NONE);

  constructor(edges: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * edges + 1));
    this.#mask = slots - 1;
    this.#keys = new Float64Array(slots).fill(NONE);
    this.#states = new Int32Array(slots);
  }

  public get(state: number, byte: number): number {
    if (state === ROOT) return this.#root[byte];
    const slot = this.#slot(state * 256 + byte);
    return this.#keys[slot] === NONE ? NONE : this.#states[slot];
  }

  public set(state: number, byte: number, next: number): void {
    if (state === ROOT) {
      this.#root[byte] = next;
      return;
    }
    const key = state * 256 + byte;
    const slot = this.#slot(key);
    this.#keys[slot] = key;
    this.#states[slot] = next;
  }

  /** The slot of a key, or the free one where it belongs. */
  #slot(key: number): number {
    /* eslint-disable no-bitwise */
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & this.#mask;
    while (this.#keys[slot] !== key && this.#keys[slot] !== NONE) slot = (slot + 1) & this.#mask;
    return slot;
    /* eslint-enable no-bitwise */
  }
}
