import { compare, type ExposedSecret, type ExposedSecrets } from '../../exposure/exposed-secrets';
import { EVERYWHERE, NodeKind, type GraphNode } from '../../exposure/graph';
import type { Redaction } from '../../exposure/reading-report';
import { ReadingWay } from '../../exposure/reading-way';
import { ownReadersOf, readersOfAll, type Reading } from '../../exposure/readings';
import type { FieldPath } from '../../inspect/field-path';
import type { Finding } from '../../inspect/finding';
import type { Manifest } from '../../inspect/model/manifest';
import { rolloutOf } from '../../inspect/model/rollout';
import { record, text } from '../../inspect/model/untyped';

/** A Secret of a report. */
export interface ViewedSecret {
  /** Empty where its manifest names none, `*` where it is made in several. */
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
  /** Left out where they are not known. */
  readonly keys?: readonly string[];
  /** How it gets to the cluster; several where it is made in several ways, none where nothing makes it. */
  readonly deliveries: readonly string[];
  readonly controllers: readonly string[];
  /** Where operators read the values. */
  readonly sources: readonly string[];
  /** Of each way to make it where the values come from: its sources, or else the delivery itself. */
  readonly origins: readonly string[];
  /** What replaces pods when it changes. */
  readonly rollout: string;
  /** The day on which it was made, where the manifest says so. */
  readonly created?: string;
  /** Where the manifests that make it stand. */
  readonly places: readonly string[];
  readonly findings: readonly ViewedFinding[];
  /** How many can read it. */
  readonly readers: number;
}

/** A finding about a Secret. */
export interface ViewedFinding {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly place: string;
}

/** Who can read. */
export interface ViewedReader {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A way in which somebody can read. */
export interface ViewedLink {
  /** The index of the Secret, or the namespace of which all are meant: `*` for the whole cluster. */
  readonly secret: number | string;
  /** The index of the reader. */
  readonly reader: number;
  readonly way: ReadingWay;
  readonly key?: string;
  readonly why: string;
  readonly place: string;
  /** Whom the values come through: `r` and the index of a reader, `s` and that of a Secret. */
  readonly through: readonly string[];
}

/** What a report says of an exposure: no value, and nothing that is not text or number. */
export interface ExposureView {
  readonly secrets: readonly ViewedSecret[];
  readonly readers: readonly ViewedReader[];
  readonly links: readonly ViewedLink[];
  /** Findings that are about no Secret of the list. */
  readonly otherFindings: readonly ViewedFinding[];
  readonly notes: readonly string[];
}

/** What a view is made of. */
export interface Viewed {
  readonly exposed: ExposedSecrets;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly redact: Redaction;
}

/** Gathers what a report says. It grows with the readings that are not of whole namespaces; those are said once. */
export function exposureView({ exposed, findings, notes, redact }: Viewed): ExposureView {
  const secrets = new Map(exposed.secrets.map((secret, index) => [secret.node, index]));
  const readers = new Map<GraphNode, number>();
  const indexOf = (node: GraphNode) => {
    const known = readers.get(node);
    if (known !== undefined) return known;
    readers.set(node, readers.size);
    return readers.size - 1;
  };
  const link = (secret: number | string, { reader, way, key, why = '', manifest, field, through }: Reading): ViewedLink => ({
    secret,
    reader: indexOf(reader),
    way,
    ...key === undefined ? {} : { key: redact(key) },
    why: redact(why),
    place: redact(placeText(manifest, field)),
    through: through.map(node => node.node === NodeKind.SECRET ? `s${secrets.get(node)}` : `r${indexOf(node)}`),
  });
  const all = [...exposed.graph.nodes].filter(({ node }) => node === NodeKind.SECRETS).sort((a, b) => compare(a.namespace, b.namespace));
  const ofAll = new Map(all.map(node => [node.namespace, readersOfAll(node)]));
  const own = exposed.secrets.map(ownReadersOf);
  const links = [
    ...[...ofAll].flatMap(([namespace, readings]) => readings.map(reading => link(namespace, reading))),
    ...own.flatMap((readings, index) => readings.map(reading => link(index, reading))),
  ];
  const { bySecret, others } = assign(findings, exposed);
  return {
    secrets: exposed.secrets.map((secret, index) => {
      const { namespace } = secret.node;
      const names = new Set([...own[index], ...ofAll.get(namespace) ?? [], ...ofAll.get(EVERYWHERE) ?? []].map(({ reader }) => reader));
      return viewedSecret(secret, own[index], names.size, bySecret.get(index) ?? [], redact);
    }),
    readers: [...readers.keys()].map(({ kind, namespace, name }) => ({ kind: redact(kind), namespace, name: redact(name) })),
    links,
    otherFindings: others.map(finding => viewedFinding(finding, redact)),
    notes,
  };
}

function viewedSecret(
  { node, type, keys, immutable, makers }: ExposedSecret, readings: readonly Reading[], readers: number, findings: readonly Finding[],
  redact: Redaction,
): ViewedSecret {
  const days = makers.map(({ manifest }) => text(record(manifest.raw.metadata).creationTimestamp).slice(0, 10));
  const created = days.find(day => /^\d{4}-\d{2}-\d{2}$/.test(day));
  const once = (values: readonly string[]) => [...new Set(values)].map(redact);
  return {
    namespace: node.namespace,
    name: redact(node.name),
    ...type === undefined ? {} : { type: redact(type) },
    ...keys === undefined ? {} : { keys: [...keys].sort().map(redact) },
    deliveries: once(makers.map(({ delivery }) => delivery)),
    controllers: once(makers.flatMap(({ controller }) => controller === undefined ? [] : [controller])),
    sources: once(makers.flatMap(({ sources }) => sources)),
    origins: once(makers.flatMap(({ delivery, sources }) => sources.length > 0 ? sources : [delivery])),
    rollout: immutable ? 'immutable' : rolloutText(readings),
    ...created === undefined ? {} : { created },
    places: makers.map(({ manifest }) => redact(placeText(manifest))),
    findings: findings.map(finding => viewedFinding(finding, redact)),
    readers,
  };
}

/** What replaces the pods that have it. */
function rolloutText(readings: readonly Reading[]): string {
  const seen = readings.filter(({ way, through }) => through.length === 0 && (way === ReadingWay.VARIABLE || way === ReadingWay.FILE));
  const rollouts = new Map<string, string | undefined>();
  for (const { reader, manifest } of seen) {
    const pod = manifest?.pods[0];
    if (pod !== undefined && REPLACED.has(reader.kind)) rollouts.set(reader.id, rolloutOf(manifest!, pod));
  }
  const known = new Set(rollouts.values());
  if (known.size === 0) return '';
  if (!known.has(undefined)) return [...known].sort().join(', ');
  return known.size === 1 ? 'none' : `${[...known].filter(each => each !== undefined).sort().join(', ')}, not everywhere`;
}

/** Workloads that replace their pods. */
const REPLACED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** The findings of each Secret: those on the objects that make it, and those that name it. */
function assign(findings: readonly Finding[], exposed: ExposedSecrets) {
  const byDocument = new Map<number, number[]>();
  const byName = new Map<string, number[]>();
  exposed.secrets.forEach(({ node, makers }, index) => {
    for (const { manifest } of makers) byDocument.set(manifest.document, [...byDocument.get(manifest.document) ?? [], index]);
    byName.set(node.name, [...byName.get(node.name) ?? [], index]);
  });
  const bySecret = new Map<number, Finding[]>();
  const others: Finding[] = [];
  for (const finding of findings) {
    const named = [...finding.message.matchAll(/"([a-z0-9.-]+)"/g)].flatMap(([, name]) => byName.get(name) ?? [])
      .filter(index => (finding.object.namespace ?? '') === exposed.secrets[index].node.namespace);
    const about = new Set([...byDocument.get(finding.document) ?? [], ...named]);
    for (const index of about) {
      const known = bySecret.get(index);
      if (known === undefined) bySecret.set(index, [finding]);
      else known.push(finding);
    }
    if (about.size === 0) others.push(finding);
  }
  return { bySecret, others };
}

function viewedFinding(finding: Finding, redact: Redaction): ViewedFinding {
  const { severity, code, message, next, object: { kind, namespace, name }, path, location } = finding;
  const object = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  const where = location?.file === undefined ? '' : ` (${location.file}${location.line === undefined ? '' : `:${location.line}`})`;
  return { severity, code, message: redact(message), next: redact(next), place: redact(`${object}${path === '' ? '' : ` ${path}`}${where}`) };
}

/** Where something stands: the object and the field, and the file and line where there is one. */
function placeText(manifest: Manifest | undefined, field?: FieldPath): string {
  if (manifest === undefined) return '';
  const { kind, namespace, name, source } = manifest;
  const location = source.locate?.([...manifest.segments, ...field?.segments ?? []]);
  const path = field?.toString() ?? '';
  const file = location?.file ?? source.file;
  const at = file !== undefined ? `${file}${location?.line === undefined ? '' : `:${location.line}`}`
    : location?.line === undefined ? source.constructPath : `line ${location.line}`;
  const where = at === undefined ? '' : ` (${at})`;
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}${path === '' ? '' : ` ${path}`}${where}`;
}
