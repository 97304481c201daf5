import { Yaml } from 'cdk8s';
import { FieldPath } from '../inspect/field-path';
import type { Cluster } from '../inspect/model/cluster';
import { readManifestStream } from '../inspect/read/manifest-stream';

/** Ends of lines and control characters to Go that cdk8s may write as they are, and what YAML cannot hold. */
const CHARACTER = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** What cdk8s writes with a tab where Go looks for the indentation, and numbers to Go only; or what is like them. */
const BEGINNING = /^(?:[ \n]*\t|[-+]?0[oOXB]|[-+.]*(?:\d[-+.\w]*)?_|<<$)/;

/** How many are tried together: most of them are read as they are, and one alone costs as much as ten of many. */
const MANY = 32;

/** How kubectl reads a text: as it is, as something else, or not at all. */
enum Reading { RIGHT, OTHER, NONE }

/**
 * Adds where kubectl would read another text than the one in a manifest, or could not read the file: cdk8s writes YAML with another library
 * than the one that kubectl, Argo CD and Flux read it with.
 */
export function checkTexts({ manifests }: Cluster): void {
  const values = new Set<string>();
  const keys = new Set<string>();
  const known = new Set<string>();
  const suspects = manifests.filter(({ raw }) => holdsSuspect(raw, known));
  for (const { raw } of suspects) {
    forEachText(raw, (text, _, isKey) => {
      if (mayBeMisread(text)) (isKey ? keys : values).add(text);
    });
  }
  const readings = { keys: readingsOf([...keys], true), values: readingsOf([...values], false) };
  for (const { raw, findings } of suspects) {
    forEachText(raw, (text, path, isKey) => {
      const reading = (isKey ? readings.keys : readings.values).get(text);
      if (reading === undefined) return;
      const what = isKey ? 'one of its keys' : 'this text';
      const { reason, next } = causeOf(text);
      const message = reading === Reading.NONE
        ? `cdk8s writes ${what} so that kubectl cannot read the file: ${reason}`
        : `kubectl reads something else than ${what} in what cdk8s writes: ${reason}`;
      findings.fails('MisreadText', path, message, next);
    });
  }
}

/**
 * Whether a text in a manifest may be misread, for most manifests the end of it.
 *
 * @param known names of fields that are not, which repeat
 */
function holdsSuspect(manifest: unknown, known: Set<string>): boolean {
  const rest = [manifest];
  while (rest.length > 0) {
    const node = rest.pop();
    if (typeof node === 'string') {
      if (mayBeMisread(node)) return true;
    } else if (Array.isArray(node)) {
      for (const item of node) rest.push(item);
    } else if (typeof node === 'object' && node !== null) {
      for (const key of Object.keys(node)) {
        if (!known.has(key)) {
          if (mayBeMisread(key)) return true;
          known.add(key);
        }
        rest.push((node as Record<string, unknown>)[key]);
      }
    }
  }
  return false;
}

function mayBeMisread(text: string): boolean {
  return BEGINNING.test(text) || CHARACTER.test(text);
}

/** How texts are read that are not read as they are. */
function readingsOf(texts: readonly string[], areKeys: boolean): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>();
  for (let start = 0; start < texts.length; start += MANY) {
    const some = texts.slice(start, start + MANY);
    if (readingOf(some, areKeys) === Reading.RIGHT) continue;
    for (const text of some) {
      const reading = readingOf([text], areKeys);
      if (reading !== Reading.RIGHT) readings.set(text, reading);
    }
  }
  return readings;
}

/** Asks cdk8s to write them, and reads that as Go does. */
function readingOf(texts: readonly string[], areKeys: boolean): Reading {
  const document = { values: areKeys ? Object.fromEntries(texts.map(text => [text, 0])) : texts };
  try {
    const [{ manifest }] = readManifestStream(Yaml.stringify(document));
    return JSON.stringify(manifest) === JSON.stringify(document) ? Reading.RIGHT : Reading.OTHER;
  } catch {
    return Reading.NONE;
  }
}

type See = (text: string, path: FieldPath, isKey: boolean) => void;

/** Shows each text of a manifest, and each key with the path of what it is in. */
function forEachText(manifest: unknown, see: See): void {
  const rest: { readonly node: unknown; readonly path: FieldPath }[] = [{ node: manifest, path: FieldPath.ROOT }];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    const { node, path } = at;
    if (typeof node === 'string') {
      see(node, path, false);
    } else if (Array.isArray(node)) {
      node.forEach((item, index) => rest.push({ node: item, path: path.index(index) }));
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        see(key, path, true);
        rest.push({ node: child, path: path.named(key) });
      }
    }
  }
}

/** What it is in a text that is misread, and what to do about that. */
function causeOf(text: string): { readonly reason: string; readonly next: string } {
  const inBase64 = 'in as base64 (binaryData of a ConfigMap, data of a Secret)';
  const character = CHARACTER.exec(text)?.[0];
  if (character !== undefined) {
    const number = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return { reason: `there is a character U+${number} in it`, next: `take the character out, or put the text ${inBase64}` };
  }
  if (text.includes('\t')) return { reason: 'its first line begins with a tab', next: `begin it with another line, or put it ${inBase64}` };
  return { reason: 'it looks like a number or a merge key to YAML', next: 'write it in another form' };
}
