import { ExposedSecrets } from '../../exposure/exposed-secrets';
import { EVERYWHERE, NodeKind, type GraphNode } from '../../exposure/graph';
import { ownReadersOf, readersOfAll, type Reading } from '../../exposure/readings';
import { FieldPath } from '../../inspect/field-path';
import type { AppCheck } from '../../inspect/inspect';
import type { Manifest } from '../../inspect/model/manifest';
import { quote } from '../../inspect/quote';
import { matchesName } from '../../inspect/read/glob';

/** Whether a rule holds for an object. */
type Applies = (manifest: Manifest) => boolean;

/** How many readers of one Secret are named. */
const MAX_NAMES = 10;

const NEXT = 'take the access away, or allow the reader; Exposure.fromApp(app) says why each can read it';

/** Of each Secret at most so many can read. */
export function limitReaders(allowed: number, applies: Applies): AppCheck {
  return eachSecret(applies, () => true, (secret, readers, manifest) => {
    if (readers.size <= allowed) return;
    const names = [...readers.keys()].sort();
    const more = names.length - MAX_NAMES;
    manifest.findings.fails('TooManyReaders', FieldPath.ROOT, `${readers.size} can read the Secret ${quote(secret.name)}, and ${allowed} may: `
      + `${names.slice(0, MAX_NAMES).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`, NEXT);
  });
}

/** Nobody but these can read a Secret: `KIND/NAME` or `KIND/NAMESPACE/NAME`, with `*`. */
export function allowReaders(allowed: readonly string[], applies: Applies): AppCheck {
  const isOther = ({ reader }: Reading) => {
    const names = [nameOf(reader), `${reader.kind}/${reader.name}`];
    return !allowed.some(pattern => names.some(name => matchesName(pattern, name)));
  };
  return eachSecret(applies, isOther, (secret, others, manifest) => {
    const readings = [...others].sort(([a], [b]) => a < b ? -1 : 1);
    for (const [name, { way, why = '' }] of readings.slice(0, MAX_NAMES)) {
      manifest.findings.fails('ReaderForbidden', FieldPath.ROOT, `${quote(name)} can read the Secret ${quote(secret.name)} (${way}): ${why}`, NEXT);
    }
    const more = readings.length - MAX_NAMES;
    if (more > 0) manifest.findings.fails('ReaderForbidden', FieldPath.ROOT, `${more} more can read the Secret ${quote(secret.name)}`, NEXT);
  });
}

/** How a policy names a reader. */
function nameOf({ kind, namespace, name }: GraphNode): string {
  return namespace === '' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** The first reading of each reader, by name. */
type ByReader = ReadonlyMap<string, Reading>;

function byReader(readings: readonly Reading[]): ByReader {
  const first = new Map<string, Reading>();
  for (const reading of readings) {
    const name = nameOf(reading.reader);
    if (!first.has(name)) first.set(name, reading);
  }
  return first;
}

/**
 * Looks at each Secret that one of the manifests makes, on the first that does, with those of its readers that count. Whoever reads all of a
 * namespace is looked for once.
 */
function eachSecret(
  applies: Applies, counts: (reading: Reading) => boolean, look: (secret: GraphNode, readers: ByReader, manifest: Manifest) => void,
): AppCheck {
  return ({ manifests, options }) => {
    const exposed = new ExposedSecrets(manifests, options);
    const known = new Map<string, readonly Reading[]>();
    const readersOf = (namespace: string) => {
      const all = exposed.graph.find(NodeKind.SECRETS, '', namespace, '');
      const readings = known.get(namespace) ?? (all === undefined ? [] : readersOfAll(all).filter(counts));
      known.set(namespace, readings);
      return readings;
    };
    for (const secret of exposed.secrets) {
      const manifest = secret.makers.map(maker => maker.manifest).find(each => each.readable && applies(each));
      if (manifest === undefined) continue;
      const own = ownReadersOf(secret).filter(counts);
      look(secret.node, byReader([...own, ...readersOf(secret.node.namespace), ...readersOf(EVERYWHERE)]), manifest);
    }
  };
}
