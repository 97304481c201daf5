import { Events, type EventKind } from './events';
import { MAX_DEPTH } from '../parsed-document';
import { Unreadable } from '../unreadable';

/** How far go-yaml v3 looks ahead, which reads these. */
const LOOK_AHEAD = 2;

/** A value as it is written. */
export interface Written {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Where it begins. */
  readonly start: number;
  /** The text of a scalar. */
  readonly text: string;
  readonly tag: string | undefined;
  /** Whether it is a scalar without quotes. */
  readonly isPlain: boolean;
  /** The items of a list, the keys and values of a map by turns. What an alias stands for is in all its places. */
  readonly children: readonly Mention[];
}

/** A value in one place: what is written there, or what an alias there stands for. */
export interface Mention {
  readonly start: number;
  readonly value: Written;
  /** The name of the alias. */
  readonly alias?: string;
}

/**
 * The first document of a text as it is written; undefined where there is nothing but comments.
 *
 * @throws Unreadable
 */
export function readTree(text: string): Mention | undefined {
  return readFirst(text).root;
}

/**
 * The one document of a text.
 *
 * @throws Unreadable also where something stands behind it
 */
export function readOnlyTree(text: string): Mention | undefined {
  const { root, behind } = readFirst(text);
  if (behind !== undefined) throw new Unreadable('something stands behind the end of the document', behind);
  return root;
}

function readFirst(text: string): { readonly root?: Mention; readonly behind?: number } {
  const events = new Events(text, 0, text.length, undefined, LOOK_AHEAD);
  const kind = events.root();
  if (kind === undefined) return {};
  const root = new TreeReader(events).read(kind, 0);
  return { root, behind: events.behind() };
}

class TreeReader {
  private readonly anchors = new Map<string, Written>();

  constructor(private readonly events: Events) {}

  public read(kind: EventKind, depth: number): Mention {
    const { start, text, anchor, tag, isPlain } = this.events;
    if (kind === 'alias') {
      const value = this.anchors.get(text);
      if (value === undefined) throw new Unreadable('an alias names no anchor', start);
      return { start, value, alias: text };
    }
    if (depth > MAX_DEPTH) throw new Unreadable(`nested more than ${MAX_DEPTH} deep`, start);
    const children: Mention[] = [];
    const value: Written = { kind: kind as Written['kind'], start, text: kind === 'scalar' ? text : '', tag, isPlain: kind === 'scalar' && isPlain, children };
    if (anchor !== undefined) this.anchors.set(anchor, value);
    if (kind !== 'scalar') for (let next = this.events.next(); next !== 'end'; next = this.events.next()) children.push(this.read(next, depth + 1));
    return { start, value };
  }
}
