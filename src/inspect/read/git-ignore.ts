import { matchesName, matchesParts } from './glob';

/** One line of a `.gitignore`. */
interface Rule {
  readonly parts: readonly string[];
  /** Whether it only concerns the name, wherever it stands. */
  readonly anywhere: boolean;
  readonly foldersOnly: boolean;
  readonly negated: boolean;
}

/** What a `.gitignore` says of what is below its folder; undefined where it says nothing. */
export type GitIgnore = (parts: readonly string[], isFolder: boolean) => boolean | undefined;

/** Reads a `.gitignore`: of its lines the last one that matches counts. Classes of characters (`[ab]`) are not read. */
export function gitIgnore(text: string): GitIgnore {
  const rules = text.split('\n').map(ruleOf).filter(rule => rule !== undefined).reverse();
  return (parts, isFolder) => {
    const name = parts[parts.length - 1];
    const rule = rules.find(candidate => {
      if (candidate.foldersOnly && !isFolder) return false;
      return candidate.anywhere ? matchesName(candidate.parts[0], name) : matchesParts(candidate.parts, parts);
    });
    return rule === undefined ? undefined : !rule.negated;
  };
}

function ruleOf(line: string): Rule | undefined {
  const text = line.replace(/\r$/, '').trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const negated = text.startsWith('!');
  const pattern = negated ? text.slice(1) : text;
  const foldersOnly = pattern.endsWith('/');
  const inner = foldersOnly ? pattern.slice(0, -1) : pattern;
  const parts = inner.split('/').filter(part => part !== '');
  return parts.length === 0 ? undefined : { parts, anywhere: !inner.includes('/'), foldersOnly, negated };
}
