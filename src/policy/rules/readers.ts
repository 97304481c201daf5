import { ExposedSecrets } from '../../exposure/exposed-secrets';
import type { GraphNode } from '../../exposure/graph';
import { readersOf, type Reading } from '../../exposure/readings';
import { FieldPath } from '../../inspect/field-path';
import type { AppCheck } from '../../inspect/inspect';
import type { Manifest } from '../../inspect/model/manifest';
import { quote } from '../../inspect/quote';
import { matchesName } from '../../inspect/read/glob';

/** Whether a rule holds for an object. */
type Applies = (manifest: Manifest) => boolean;

/** Of each Secret at most so many can read. */
export function limitReaders(allowed: number, applies: Applies): AppCheck {
  return eachSecret(applies, (secret, readings, manifest) => {
    const names = new Set(readings.map(({ reader }) => nameOf(reader)));
    if (names.size <= allowed) return;
    manifest.findings.fails('TooManyReaders', FieldPath.ROOT,
      `${names.size} can read the Secret ${quote(secret.name)}, and ${allowed === 1 ? '1 may' : `${allowed} may`}: ${firstOf([...names])}`, NEXT);
  });
}

/** Nobody but these can read a Secret: `KIND/NAME` or `KIND/NAMESPACE/NAME`, with `*`. */
export function allowReaders(readers: readonly string[], applies: Applies): AppCheck {
  return eachSecret(applies, (secret, readings, manifest) => {
    const others = new Map<string, Reading>();
    for (const reading of readings) {
      const names = [nameOf(reading.reader), `${reading.reader.kind}/${reading.reader.name}`];
      if (!readers.some(pattern => names.some(name => matchesName(pattern, name)))) others.set(names[0], others.get(names[0]) ?? reading);
    }
    for (const [name, { way, why = '' }] of others) {
      manifest.findings.fails('ReaderForbidden', FieldPath.ROOT, `${quote(name)} can read the Secret ${quote(secret.name)} (${way}): ${why}`, NEXT);
    }
  });
}

const NEXT = 'take the access away, or allow the reader; Exposure.fromApp(app) says why each can read it';

/** How many readers a message names. */
const MAX_NAMES = 10;

function firstOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return `${names.slice(0, MAX_NAMES).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** How a policy names a reader. */
function nameOf({ kind, namespace, name }: GraphNode): string {
  return namespace === '' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** Looks at each Secret that one of the manifests makes, on the first that does. */
function eachSecret(applies: Applies, look: (secret: GraphNode, readings: readonly Reading[], manifest: Manifest) => void): AppCheck {
  return ({ manifests, options }) => {
    const exposed = new ExposedSecrets(manifests, options);
    for (const secret of exposed.secrets) {
      const manifest = secret.makers.map(maker => maker.manifest).find(each => each.readable && applies(each));
      if (manifest !== undefined) look(secret.node, readersOf(secret), manifest);
    }
  };
}
