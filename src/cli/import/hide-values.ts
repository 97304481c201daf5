import { isCode, type Value } from './code';
import type { NeededValues } from './needed-values';
import type { Segments } from '../../document/segments';
import { credentialIn } from '../../inspect/credentials/credential-in-text';
import { isNamedCredential } from '../../inspect/credentials/credential-names';
import { ByteMatcher } from '../../inspect/leaks/byte-matcher';
import { LeakGuard, type DeclaredValue } from '../../inspect/leaks/leak-guard';
import { isPublicValue } from '../../inspect/leaks/public-values';
import { partsOf } from '../../inspect/leaks/value-parts';
import type { Manifest } from '../../inspect/model/manifest';
import { isRecord, record, text, valueAt } from '../../inspect/model/untyped';

type Fields = Readonly<Record<string, unknown>>;

/** Finds the values of Secrets, and credentials, in objects that are no Secrets, so that no program holds them. */
export class HiddenValues {
  readonly #guard: LeakGuard;

  constructor(manifests: readonly Manifest[]) {
    const values = manifests.flatMap(manifest => [...valuesOf(manifest)]);
    const named = inNames(values.map(({ bytes }) => bytes.toString('latin1')), manifests);
    this.#guard = new LeakGuard(values.map((value, index) => named.has(index) ? { ...value, isPublic: true } : value));
  }

  /** Where such texts stand in an object; undefined where one stands in the key of a field, which cannot be taken out. */
  public placesIn(object: Fields): readonly Segments[] | undefined {
    const places: Segments[] = [];
    for (const { path } of this.#guard.inManifest(object)) {
      if (typeof valueAt(object, path.segments) !== 'string') return undefined;
      places.push(path.segments);
    }
    const visit = (value: unknown, segments: Segments, name: string) => {
      if (typeof value === 'string') {
        if (credentialIn(value) !== undefined || (name !== '' && isNamedCredential(name, value))) places.push(segments);
      } else if (Array.isArray(value)) {
        value.forEach((item, index) => visit(item, [...segments, index], ''));
      } else if (isRecord(value)) {
        for (const [key, child] of Object.entries(value)) visit(child, [...segments, key], settingOf(object, value, key, segments));
      }
    };
    visit(object, [], '');
    return places;
  }

  /** Whether a text that is printed holds a value. */
  public isIn(line: string): boolean {
    return this.#guard.inText(line, '').length > 0;
  }
}

/** Which values stand in the names, namespaces, kinds or types of objects: they are words that everybody knows, and cannot be hidden. */
function inNames(values: readonly string[], manifests: readonly Manifest[]): ReadonlySet<number> {
  const names = manifests.map(({ kind, name, namespace, raw }) => [kind, name, namespace, text(raw.type)].join(' ')).join(' ');
  const found = new Set<number>();
  const numbers = [...values.keys()].filter(index => values[index] !== '');
  new ByteMatcher(numbers.map(index => values[index])).search(Buffer.from(names), at => found.add(numbers[at]));
  return found;
}

/** What a text is called that has a name: a variable, an entry of a ConfigMap. */
function settingOf(object: Fields, holder: Fields, key: string, segments: Segments): string {
  if (key === 'value' && typeof holder.name === 'string') return holder.name;
  return object.kind === 'ConfigMap' && segments.length === 1 && segments[0] === 'data' ? key : '';
}

function* valuesOf({ contents, raw, metadata }: Manifest): Generator<DeclaredValue> {
  if (contents === undefined) return;
  const type = text(raw.type) || undefined;
  for (const key of contents.keys) {
    const bytes = contents.bytes(key)!;
    const at = { name: metadata.name ?? '', namespace: metadata.namespace, key };
    const isPublic = isPublicValue(type, key, bytes);
    yield { ...at, bytes, isPublic };
    if (!isPublic) for (const part of partsOf(type, bytes)) yield { ...at, bytes: part, isPart: true };
  }
}

/** The object with code in the place of these texts; an object of its own. */
export function withoutTexts(object: Fields, places: readonly Segments[], values: NeededValues): Record<string, Value> {
  const copy = structuredClone(object) as Record<string, any>;
  const { name, namespace } = record(copy.metadata);
  const shown = `${text(copy.kind)} ${text(name)}`;
  for (const segments of places) {
    let holder: any = copy;
    for (const segment of segments.slice(0, -1)) holder = holder[segment];
    const last = segments[segments.length - 1];
    if (isCode(holder[last])) continue;
    const named = last === 'value' && typeof holder.name === 'string' ? holder.name : String(last);
    holder[last] = values.text(holder[last], {
      name: text(name), namespace: typeof namespace === 'string' ? namespace : undefined, key: named, what: `${segments.join('.')} of the ${shown}`,
    });
  }
  return copy;
}
