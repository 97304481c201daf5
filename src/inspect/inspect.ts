import { resolve, sep } from 'node:path';
import { BoundedFindings, MAX_OF_ONE_CODE } from './bounded-findings';
import { check } from './checks/checks';
import { Severity, Stage, type AcknowledgedFinding, type Finding, type FindingPlace } from './finding';
import type { Draft } from './findings-of-object';
import type { Acknowledgement, InspectionOptions, RepositoryOptions } from './inspection-options';
import { Cluster } from './model/cluster';
import { referenceTo, type Manifest } from './model/manifest';
import { readManifests } from './model/read-manifests';
import { entryOf } from './model/string-map';
import { isAboutPlaceholder } from './placeholders';
import { cutQuotes, quote } from './quote';
import { glob, matchesName, type PathMatcher } from './read/glob';
import type { ManifestSource } from './read/manifest-source';
import { isResource } from './resources/is-resource';
import { validateResource } from './resources/validate-resource';
import { newerVersions, versionsOf } from './versions';
import { SecretsError } from '../errors/secrets-error';
import { isNewer, minorOf, versionsIn, type KubernetesVersion } from '../kubernetes/versions';
import { validateUpdates } from './validate/updates';
import { validate } from './validate/validate';

/** A check of an app that needs more than its manifests: what constructs declare, or what a platform demands. */
export type AppCheck = (cluster: Cluster) => void;

/** A text without the values of secrets that stand in it. */
export type Redaction = (text: string) => string;

/** What an inspection found. */
export interface Inspected {
  readonly cluster: Cluster;
  readonly options: RepositoryOptions;
  /** Takes values of secrets out of texts. */
  readonly redact: Redaction;
  readonly versions: readonly KubernetesVersion[];
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
}

/**
 * Reads, validates and checks manifests.
 *
 * @param before the manifests that they replace
 * @param checks checks beyond those that all manifests are given
 * @param redact takes values of secrets out of the texts of findings
 * @throws InvalidDate
 */
export function inspect(
  sources: readonly ManifestSource[], options: RepositoryOptions, before: readonly ManifestSource[] = [], checks: readonly AppCheck[] = [],
  redact: Redaction = text => text,
): Inspected {
  const { today } = options;
  const versions = versionsOf(options);
  if (today !== undefined && Number.isNaN(Date.parse(today))) {
    throw new SecretsError({ code: 'InvalidDate', message: `${quote(today)} is no date`, next: 'write it like 2030-01-31' });
  }
  const manifests = readManifests(sources, options.namespace ?? '');
  for (const manifest of manifests) {
    validate(manifest);
    if (manifest.readable && isResource(manifest)) validateResource(manifest);
  }
  validateUpdates(readManifests(before, options.namespace ?? ''), manifests);
  const cluster = new Cluster(manifests, options);
  check(cluster);
  for (const further of checks) further(cluster);
  const collected = new Collected(options);
  for (const manifest of manifests) {
    for (const draft of manifest.findings.drafts) {
      const finding = toFinding(draft, manifest, versions, options, redact, collected.isOpen(draft.code));
      if (finding === undefined) continue;
      if (options.repository === true && isAboutPlaceholder(draft, manifest)) collected.placeholder(finding, manifest);
      else collected.add(finding, draft.group ?? groupOfBuilt(finding, manifest), manifest);
    }
  }
  const newer = versions.filter(isNewer);
  if (newer.length > 0) collected.addOfInput(newerVersions(newer, manifests.length));
  return { cluster, options, redact, versions, findings: collected.findings.all, acknowledged: collected.acknowledged.all };
}

/** The findings, those of one group and the placeholders of one file together. */
class Collected {
  public readonly findings = new BoundedFindings<Finding>(finding => finding, (_, finding) => finding);
  public readonly acknowledged = new BoundedFindings<AcknowledgedFinding>(({ finding }) => finding, ({ reason }, finding) => ({ finding, reason }));
  private readonly groups = new Map<string, { finding: Finding; index: number | undefined; places: FindingPlace[] }>();

  constructor(private readonly options: InspectionOptions) {}

  /** Whether another finding of a code may still be listed. */
  public isOpen(code: string): boolean {
    return this.findings.isOpen(code) || this.acknowledged.isOpen(code);
  }

  public placeholder(finding: Finding, manifest: Manifest): void {
    const { object, path, versions, document, constructPath, location } = finding;
    this.add({
      code: 'UnrenderedTemplate',
      severity: Severity.WARNING,
      stage: Stage.RUNTIME,
      object,
      path,
      message: 'a placeholder, or nothing, stands here: what is wrong with the field cannot be said before it is filled in',
      next: 'check what the template renders: pass it as standard input',
      versions,
      document,
      ...constructPath === undefined ? {} : { constructPath },
      ...location === undefined ? {} : { location },
    }, JSON.stringify([finding.location?.file ?? null]), manifest);
  }

  /** A finding that is about no object of the input. */
  public addOfInput(finding: Finding): void {
    const reason = coveredBy(this.options.acknowledgements, finding)?.reason;
    if (reason === undefined) this.findings.add(finding);
    else this.acknowledged.add({ finding, reason });
  }

  public add(finding: Finding, group: string | undefined, manifest: Manifest): void {
    const reason = reasonOnObject(finding, manifest) ?? coveredBy(this.options.acknowledgements, finding)?.reason;
    if (reason !== undefined) {
      this.acknowledged.add({ finding, reason });
      return;
    }
    const known = group === undefined ? undefined : this.groups.get(`${finding.code} ${group}`);
    if (known !== undefined) {
      const { object, path, location } = finding;
      if (known.places.length === MAX_OF_ONE_CODE) return;
      known.places.push({ object, path, ...location === undefined ? {} : { location } });
      if (known.places.length === 1 && known.index !== undefined) this.findings.replace(known.index, { ...known.finding, elsewhere: known.places });
      return;
    }
    const index = this.findings.add(finding);
    if (group !== undefined) this.groups.set(`${finding.code} ${group}`, { finding, index, places: [] });
  }
}

/** What is found in several objects that were built of one file is one finding; items of lists may have moved in one of them. */
function groupOfBuilt({ path, location }: Finding, { source }: Manifest): string | undefined {
  return source.isBuilt === true && location !== undefined ? JSON.stringify([path.replace(/\[\d+\]/g, '[]'), location]) : undefined;
}

/** Annotations on an object that let findings of a code on it stay: `acknowledge.cdk8s-secrets/CODE: reason`. */
export const ACKNOWLEDGE = 'acknowledge.cdk8s-secrets/';

export function reasonOnObject({ code }: Finding, { metadata }: Manifest): string | undefined {
  const reason = entryOf(metadata.annotations, ACKNOWLEDGE + code)?.trim();
  return reason === '' ? undefined : reason;
}

/** What an operator may add to the pods of its custom resources. */
const ADDED_BY_OPERATORS: ReadonlySet<string> = new Set([
  'RequiredField', 'UnknownVolume', 'UnknownKey', 'UnknownSecret', 'NamespaceMismatch', 'SubPathMissingFile', 'WrongFieldType', 'UnsupportedValue',
  'MissingVariableFile',
]);

/**
 * What cannot work is a warning where an operator may mend it, where none of the versions is one of those that it breaks, and where it only concerns
 * versions that nobody asked for by name.
 */
function severityOf(draft: Draft, { decoded, pods, kind }: Manifest, repository: boolean, doesBite: boolean): Severity {
  const { severity, code, path, perhapsNewer } = draft;
  // a repository may be for a newer operator than the one whose definitions are known
  if (severity === Severity.WARNING || !doesBite || (repository && perhapsNewer === true)) return Severity.WARNING;
  const isOperators = repository && decoded === undefined && kind !== '' && pods.length > 0 && path.segments[0] === 'spec'
    && ADDED_BY_OPERATORS.has(code);
  return isOperators ? Severity.WARNING : severity;
}

/** Whether it cannot work in one of the versions. */
function bites({ warningUntil }: Draft, versions: readonly KubernetesVersion[]): boolean {
  return warningUntil === undefined || versions.some(version => minorOf(version) > warningUntil);
}

/** The finding, with its place only where it may be listed; undefined where it concerns none of the versions. */
export function toFinding(
  draft: Draft, manifest: Manifest, asked: readonly KubernetesVersion[], options: RepositoryOptions, redact: Redaction, isListed: boolean,
): Finding | undefined {
  const versions = versionsIn(draft.range, asked);
  if (versions.length === 0) return undefined;
  const { constructPath, locate } = manifest.source;
  const isAsked = (options.versions ?? []).length > 0 || versions.includes(asked[asked.length - 1]);
  const location = !isListed ? undefined : locate?.([...manifest.segments, ...draft.path.segments]);
  return {
    code: draft.code,
    severity: severityOf(draft, manifest, options.repository === true, isAsked && bites(draft, versions)),
    stage: draft.stage,
    object: referenceTo(manifest),
    path: redact(draft.path.toString()),
    message: cutQuotes(redact(draft.message)),
    next: cutQuotes(redact(draft.next)),
    versions,
    document: manifest.document,
    ...constructPath === undefined ? {} : { constructPath },
    ...location === undefined ? {} : { location },
  };
}

/** The first acknowledgement that covers a finding. */
export function coveredBy(acknowledgements: readonly Acknowledgement[] | undefined, finding: Finding): Acknowledgement | undefined {
  return acknowledgements?.find(acknowledgement => covers(acknowledgement, finding));
}

function covers(acknowledgement: Acknowledgement, finding: Finding): boolean {
  const { code, constructPath, kind, namespace, name, path, file } = acknowledgement;
  const given = (wanted: string | undefined, actual: string | undefined) => wanted === undefined || wanted === actual;
  return code === finding.code && given(kind, finding.object.kind) && given(namespace, finding.object.namespace)
    && (name === undefined || matchesName(name, finding.object.name))
    && (path === undefined || finding.path === path || finding.path.startsWith(`${path}.`) || finding.path.startsWith(`${path}[`))
    && (file === undefined || isIn(finding.location?.file, file))
    && (constructPath === undefined || finding.constructPath === constructPath || finding.constructPath?.startsWith(`${constructPath}/`) === true);
}

const PATTERNS = new Map<string, PathMatcher>();

/** Whether a file, as it was named or as it stands in the file system, matches a pattern. */
function isIn(file: string | undefined, pattern: string): boolean {
  if (file === undefined) return false;
  const matches = PATTERNS.get(pattern) ?? glob(pattern);
  PATTERNS.set(pattern, matches);
  return matches(file.split(sep).join('/')) || matches(resolve(file).split(sep).join('/'));
}
