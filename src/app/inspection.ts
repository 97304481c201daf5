import type { App } from 'cdk8s';
import { checkAcknowledgements } from './acknowledgement-problem';
import { withAppFindings } from './app-findings';
import { type AppManifests, manifestsOfApp } from './app-manifests';
import { readAppNotes, withAppNotes } from './app-notes';
import { countAlternatives } from '../inspect/checks/duplicates';
import { Severity, Stage, type AcknowledgedFinding, type Finding } from '../inspect/finding';
import { inspect, type AppCheck, type Inspected } from '../inspect/inspect';
import type { InspectionOptions, RepositoryOptions } from '../inspect/inspection-options';
import type { Cluster } from '../inspect/model/cluster';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { readManifestStream } from '../inspect/read/manifest-stream';
import { readManifestFiles } from '../inspect/read/repository';
import { ContainerView, type ContainerViewOptions } from '../inspect/view/container-view';
import { lookInto } from '../inspect/view/look-into';
import type { KubernetesVersion } from '../kubernetes/versions';

/**
 * What a cluster would refuse in a set of manifests, or silently do wrong.
 *
 * The manifests are looked at together: what one of them needs, another may bring.
 */
export class Inspection {
  /**
   * Inspects parsed manifests.
   *
   * `List`s are taken apart; `undefined` and `null` (an empty YAML document) are skipped. Nothing is changed in the objects.
   *
   * @param objects the manifests, in the order of their documents
   * @param options what they are inspected against
   */
  public static fromManifests(objects: any[], options: InspectionOptions = {}): Inspection {
    return Inspection._fromSources(sourcesOf(objects), options);
  }

  /**
   * Inspects the documents of a text as kubectl reads them: YAML, several documents with `---` lines between them, or JSON.
   * What `helm template` and `kustomize build` print is such a text.
   *
   * Findings have the line of the field. The text is not quoted in them, nor in errors.
   *
   * @param text the text
   * @param options what the manifests are inspected against
   * @throws UnreadableManifest with the line, where the text is no YAML or JSON
   */
  public static fromYaml(text: string, options: InspectionOptions = {}): Inspection {
    return Inspection._fromSources(readManifestStream(text), options);
  }

  /**
   * Inspects files as `fromYaml` does, and folders with every file `*.yaml`, `*.yml` and `*.json` below them; all of them together.
   * What an app of this library wrote beside its manifests (secrets that exist, findings that it acknowledges) holds here too, and
   * so do the Secrets that a `secretGenerator` of a kustomization makes.
   *
   * @param paths files and folders; relative ones start at the working directory of the process
   * @param options what the manifests are inspected against
   * @throws UnreadableManifest with the file and line
   */
  public static fromFiles(paths: string[], options: InspectionOptions = {}): Inspection {
    const { sources, generated } = readManifestFiles(paths);
    const { existingSecrets = [] } = options;
    return Inspection._fromSources(sources, withAppNotes({ ...options, existingSecrets: [...generated, ...existingSecrets] }, readAppNotes(paths)));
  }

  /**
   * Inspects parsed manifests, and what the API server refuses in the change from those that are in the cluster.
   *
   * @param before the manifests as they were applied last
   * @param after the manifests as they are to be applied
   * @param options what they are inspected against
   */
  public static fromUpdate(before: any[], after: any[], options: InspectionOptions = {}): Inspection {
    return new Inspection(inspectAll(sourcesOf(after), options, sourcesOf(before)));
  }

  /**
   * Inspects every object of an app, as it would be written now.
   *
   * An app that holds a construct of this library is inspected by itself whenever it is synthesized; this is for tests
   * and tools that want the findings as data.
   *
   * @param app the app
   * @param options what it is inspected against, this time, instead of what it was configured with
   */
  public static fromApp(app: App, options?: InspectionOptions): Inspection {
    return Inspection._fromAppManifests(manifestsOfApp(app, undefined, options));
  }

  /**
   * Inspects what was read off an app.
   *
   * @internal
   */
  public static _fromAppManifests(manifests: AppManifests): Inspection {
    return new Inspection(withAppFindings(inspectAll(manifests.sources, manifests.options, [], manifests.checks, manifests.redact), manifests));
  }

  /**
   * Inspects manifests that know where they came from.
   *
   * @internal
   */
  public static _fromSources(sources: readonly ManifestSource[], options: RepositoryOptions = {}, checks: readonly AppCheck[] = []): Inspection {
    return new Inspection(inspectAll(sources, options, [], checks));
  }

  /**
   * How many objects there are in several files that nothing applies together.
   *
   * @internal
   */
  public get _alternatives(): number {
    return countAlternatives(this.#inspected.cluster);
  }

  /**
   * What was inspected.
   *
   * @internal
   */
  public get _cluster(): Cluster {
    return this.#inspected.cluster;
  }

  /**
   * The versions that were asked for.
   *
   * @internal
   */
  public get _versions(): readonly KubernetesVersion[] {
    return this.#inspected.versions;
  }

  /**
   * All that was found, and in what.
   *
   * @internal
   */
  public get _inspected(): Inspected {
    return this.#inspected;
  }

  readonly #inspected: Inspected;

  private constructor(inspected: Inspected) {
    this.#inspected = inspected;
  }

  /** How many objects were inspected; the items of a `List` count, the `List` does not. */
  public get objectCount(): number {
    return this.#inspected.cluster.manifests.length;
  }

  /** Everything that was found and not acknowledged, in the order of the input. */
  public get findings(): Finding[] {
    return [...this.#inspected.findings];
  }

  /** The findings that cannot work. */
  public get errors(): Finding[] {
    return this.#inspected.findings.filter(finding => finding.severity === Severity.ERROR);
  }

  /** The findings that work, but not as they read. */
  public get warnings(): Finding[] {
    return this.#inspected.findings.filter(finding => finding.severity === Severity.WARNING);
  }

  /** The findings for which the API server refuses the object, as kubectl calls it (with strict field validation). */
  public get refusals(): Finding[] {
    return this.#inspected.findings.filter(finding => finding.severity === Severity.ERROR && finding.stage !== Stage.RUNTIME);
  }

  /** The findings that were acknowledged, each with its reason. */
  public get acknowledged(): AcknowledgedFinding[] {
    return [...this.#inspected.acknowledged];
  }

  /**
   * What a container really sees: its environment and its files.
   *
   * @param kind the kind of the workload, for example `Deployment`
   * @param name the name of the workload
   * @param container the name of the container (init containers included)
   * @param options its namespace, and the version of Kubernetes
   * @throws UnknownContainer where there is no such workload or container
   */
  public container(kind: string, name: string, container: string, options: ContainerViewOptions = {}): ContainerView {
    return lookInto(this.#inspected, kind, name, container, options);
  }
}

/** Inspects, and looks at what objects acknowledge: there are codes that the inspection itself does not know. */
const inspectAll: typeof inspect = (sources, options, before, checks = [], redact) => {
  return inspect(sources, options, before, [checkAcknowledgements, ...checks], redact);
};

/** The manifests of a list; what is a hole in it is undefined. */
function sourcesOf(objects: readonly unknown[]): ManifestSource[] {
  return Array.from(objects, manifest => ({ manifest }));
}
