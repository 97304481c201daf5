import { intersection, type VersionRange } from '../../kubernetes/versions';
import type { ServerView } from '../decode/server-view';
import type { Draft } from '../findings-of-object';

/** What is found in the views of one object: the same in versions that follow each other is one finding. */
export class FindingsOfViews {
  readonly #drafts: Draft[] = [];
  readonly #known = new Map<string, number>();

  /** Everything that was found, each with the versions that it holds in. */
  public get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** What was found in one view; views come oldest first. */
  public add({ range, kept }: ServerView, drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      const holds = intersection(draft.range, range);
      if (holds !== undefined) this.#add({ ...draft, path: draft.path.before(kept), range: holds });
    }
  }

  #add(draft: Draft): void {
    const { code, path, message, next, severity } = draft;
    const key = JSON.stringify([code, path.toString(), message, next, severity]);
    const index = this.#known.get(key);
    const joined = index === undefined ? undefined : joinedRange(this.#drafts[index].range, draft.range);
    if (joined === undefined) this.#known.set(key, this.#drafts.push(draft) - 1);
    else this.#drafts[index!] = { ...draft, range: joined };
  }
}

/** One range of two that follow each other, or undefined where there are versions between them. */
function joinedRange(earlier: VersionRange, later: VersionRange): VersionRange | undefined {
  if (earlier.until === undefined || later.since === undefined || later.since > earlier.until + 1) return undefined;
  return { ...earlier.since === undefined ? {} : { since: earlier.since }, ...later.until === undefined ? {} : { until: later.until } };
}
