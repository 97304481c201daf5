/**
 * How many bytes of a pattern the first automaton holds; where these were found in a text, a second one searches it for whole patterns.
 * By chance they are not found, and most texts hold no value: so few of them make a small automaton that is soon made.
 */
const MAX_DEPTH = 16;
const ROOT = 0;
const NONE = -1;

/**
 * Finds any number of byte patterns in texts, in one pass over each text (Aho and Corasick).
 *
 * The time is linear in the lengths of the patterns and the texts, whatever the number of patterns and of the places where they
 * begin. Of long patterns only the start is in the automaton, so its size stays in proportion to their number; an automaton of
 * whole long patterns is made when a start was found for the first time.
 */
export class ByteMatcher {
  private readonly patterns: readonly string[];
  private readonly depth: number;
  private readonly trie: Trie;
  /** By state: the longest proper suffix that is a state. */
  private readonly failure: Int32Array;
  /** By state: the nearest state, itself or along the failures, in which a pattern ends. */
  private readonly ending: Int32Array;
  /** By state: the patterns of which what the automaton holds ends there. */
  private readonly endings = new Map<number, number[]>();
  /** By state: the search in which what ends there, and along the failures, was last reported. */
  private readonly reported: Int32Array;
  private searches = 0;
  /** Searches for whole patterns of more than `depth` bytes. */
  private whole?: { readonly matcher: ByteMatcher; readonly indexes: readonly number[] };

  /**
   * @param patterns the bytes of each, as a text of one character a byte; none of them empty
   * @param depth how many bytes of each the automaton holds
   */
  constructor(patterns: readonly string[], depth = MAX_DEPTH) {
    this.patterns = patterns;
    this.depth = depth;
    const trie = new Trie(patterns.reduce((sum, pattern) => sum + Math.min(pattern.length, depth), 1), patterns.length, depth);
    this.trie = trie;
    for (let index = 0; index < patterns.length; index++) {
      const state = trie.add(patterns[index]);
      const ending = this.endings.get(state);
      if (ending === undefined) this.endings.set(state, [index]);
      else ending.push(index);
    }
    this.failure = new Int32Array(trie.states);
    this.ending = new Int32Array(trie.states).fill(NONE);
    this.reported = new Int32Array(trie.states);
    for (const state of byDepth(trie.depths.subarray(0, trie.states))) {
      if (trie.depths[state] > 1) this.failure[state] = this.step(this.failure[trie.parents[state]], trie.bytes[state]);
      this.ending[state] = this.endings.has(state) ? state : this.ending[this.failure[state]];
    }
  }

  /**
   * Calls back once for every pattern that is in a text.
   *
   * @param text the bytes to search
   * @param found gets the index of the pattern
   */
  public search(text: Buffer, found: (pattern: number) => void): void {
    const search = ++this.searches;
    let hasStart = false;
    let state = ROOT;
    for (let at = 0; at < text.length; at++) {
      state = this.step(state, text[at]);
      for (let ending = this.ending[state]; ending !== NONE && this.reported[ending] !== search; ending = this.ending[this.failure[ending]]) {
        this.reported[ending] = search;
        for (const index of this.endings.get(ending)!) {
          if (this.patterns[index].length > this.depth) hasStart = true;
          else found(index);
        }
      }
    }
    if (!hasStart) return;
    const { matcher, indexes } = this.whole ??= this.wholePatterns();
    matcher.search(text, index => found(indexes[index]));
  }

  private wholePatterns(): { readonly matcher: ByteMatcher; readonly indexes: readonly number[] } {
    const indexes = this.patterns.flatMap((pattern, index) => pattern.length > this.depth ? [index] : []);
    return { matcher: new ByteMatcher(indexes.map(index => this.patterns[index]), Infinity), indexes };
  }

  private step(from: number, byte: number): number {
    for (let state = from; ; state = this.failure[state]) {
      const next = this.trie.next(state, byte);
      if (next !== NONE) return next;
      if (state === ROOT) return ROOT;
    }
  }
}

/** The states, the shallow ones first. */
function byDepth(depths: Int32Array): Int32Array {
  const starts = new Int32Array(depths.reduce((deepest, depth) => Math.max(deepest, depth), 0) + 2);
  for (const depth of depths) starts[depth + 1]++;
  for (let depth = 1; depth < starts.length; depth++) starts[depth] += starts[depth - 1];
  const states = new Int32Array(depths.length);
  depths.forEach((depth, state) => { states[starts[depth]++] = state; });
  return states;
}

/**
 * The states, and which of them follows which on which byte. Most states follow the one that was made right before them;
 * only the other edges, at most one for each pattern, are in a hash table (with open addresses, at most half full).
 */
class Trie {
  public states = 1;
  public readonly parents: Int32Array;
  public readonly bytes: Uint8Array;
  public readonly depths: Int32Array;
  /** The edges of the root, where searches spend most of their time. */
  private readonly root = new Int32Array(256).fill(NONE);
  private readonly mask: number;
  /** The state and the byte of each edge, as one number; 0 is a free slot, as no edge of the root is here. */
  private readonly keys: Float64Array;
  private readonly targets: Int32Array;

  constructor(states: number, patterns: number, private readonly depth: number) {
    this.parents = new Int32Array(states);
    this.bytes = new Uint8Array(states);
    this.depths = new Int32Array(states);
    const slots = 2 ** Math.ceil(Math.log2(2 * patterns + 1));
    this.mask = slots - 1;
    this.keys = new Float64Array(slots);
    this.targets = new Int32Array(slots);
  }

  /** The state that the start of a pattern leads to, which is made where there is none. */
  public add(pattern: string): number {
    const end = Math.min(pattern.length, this.depth);
    let state = ROOT;
    let at = 0;
    for (; at < end; at++) {
      const next = this.next(state, pattern.charCodeAt(at));
      if (next === NONE) break;
      state = next;
    }
    for (; at < end; at++) state = this.append(state, pattern.charCodeAt(at), at + 1);
    return state;
  }

  public next(state: number, byte: number): number {
    if (state === ROOT) return this.root[byte];
    const following = state + 1;
    if (this.bytes[following] === byte && this.parents[following] === state) return following;
    const slot = this.slot(state * 256 + byte);
    return this.keys[slot] === 0 ? NONE : this.targets[slot];
  }

  private append(parent: number, byte: number, depth: number): number {
    const state = this.states++;
    this.parents[state] = parent;
    this.bytes[state] = byte;
    this.depths[state] = depth;
    if (parent === ROOT) {
      this.root[byte] = state;
    } else if (state !== parent + 1) {
      const key = parent * 256 + byte;
      const slot = this.slot(key);
      this.keys[slot] = key;
      this.targets[slot] = state;
    }
    return state;
  }

  /** The slot of a key, or the free one where it belongs. */
  private slot(key: number): number {
    /* eslint-disable no-bitwise */
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & this.mask;
    while (this.keys[slot] !== key && this.keys[slot] !== 0) slot = (slot + 1) & this.mask;
    return slot;
    /* eslint-enable no-bitwise */
  }
}
