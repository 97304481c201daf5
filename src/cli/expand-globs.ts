import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { alternatives, matchesName } from '../inspect/read/glob';

const MAGIC = /[*?{]/;

/**
 * Patterns as the files and folders that they name, as a shell would give them: where they are quoted, or the shell knows none, they come here as
 * they are. A path that is there is no pattern, and a pattern that matches nothing stays, to be refused as the path of no file.
 */
export function expandGlobs(paths: readonly string[]): string[] {
  return paths.flatMap(path => {
    if (!MAGIC.test(path) || existsSync(path)) return [path];
    const found = new Set<string>();
    for (const pattern of alternatives(path)) expand(pattern.startsWith('/') ? '/' : '', pattern.split('/').filter(part => part !== ''), new Set(), found);
    return found.size === 0 ? [path] : [...found];
  });
}

/** Follows the parts of a pattern from a folder on; what was followed from a folder once is not followed again. */
function expand(folder: string, [part, ...rest]: readonly string[], seen: Set<string>, found: Set<string>): void {
  const state = `${rest.length} ${part === undefined} ${folder}`;
  if (seen.has(state)) return;
  seen.add(state);
  if (part === undefined) {
    if (existsSync(folder)) found.add(folder);
  } else if (part === '**') {
    // at the end it is the folder, which is read with all that is below it
    expand(folder, rest, seen, found);
    if (rest.length === 0) return;
    for (const entry of entriesOf(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') expand(join(folder, entry.name), [part, ...rest], seen, found);
    }
  } else if (MAGIC.test(part)) {
    for (const { name } of entriesOf(folder)) {
      if (matchesName(part, name) && (part.startsWith('.') || !name.startsWith('.'))) expand(join(folder, name), rest, seen, found);
    }
  } else {
    expand(join(folder, part), rest, seen, found);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}
