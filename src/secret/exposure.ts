import type { App } from 'cdk8s';
import type { SecretKey } from './secret-reference';
import { manifestsOfApp } from '../app/app-manifests';
import { Inspection } from '../app/inspection';
import { ExposedSecrets } from '../exposure/exposed-secrets';
import { reportReading, reportSecret, type Redaction, type SecretOverview, type SecretReading } from '../exposure/reading-report';
import { readableBy, readersOf, type Reading } from '../exposure/readings';
import type { Finding } from '../inspect/finding';
import type { InspectionOptions } from '../inspect/inspection-options';
import { referenceTo } from '../inspect/model/manifest';
import { exposureView, type ExposureView } from '../report/exposure/exposure-view';

/** Which Secret is meant, and which key of it. */
export interface ReadersOfOptions {
  /**
   * The namespace of the Secret.
   *
   * @default - the manifests name none
   */
  readonly namespace?: string;

  /**
   * The key.
   *
   * @default - every key: a reading of one has its name
   */
  readonly key?: string;
}

/**
 * Who can read which key of which Secret, and how: containers, and whoever RBAC lets read it, start or enter pods that do, act as somebody who
 * can, or give itself the right; operators that copy it, Ingresses and Gateways that serve it.
 *
 * It is read off the manifests. What the cluster holds besides (its own bindings, roles that nothing here defines) is not in it: `notes` says so.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class Exposure {
  /**
   * Looks at every object of an app, as it would be written now.
   *
   * @param app the app
   * @param options what it is inspected against, this time, instead of what it was configured with
   */
  public static fromApp(app: App, options?: InspectionOptions): Exposure {
    const manifests = manifestsOfApp(app, undefined, options);
    return Exposure._of(Inspection._fromAppManifests(manifests), manifests.redact);
  }

  /**
   * Looks at the manifests of an inspection.
   *
   * @param inspection the inspection: of files, of a text, of an app
   */
  public static fromInspection(inspection: Inspection): Exposure {
    return Exposure._of(inspection);
  }

  /**
   * Looks at the manifests of an inspection, and takes values out of what it tells.
   *
   * @internal
   */
  public static _of(inspection: Inspection, redact: Redaction = text => text): Exposure {
    const { manifests, options } = inspection._cluster;
    return new Exposure(new ExposedSecrets(manifests, options), redact, options.namespace);
  }

  // private, as its manifests hold values
  readonly #exposed: ExposedSecrets;
  readonly #redact: Redaction;
  readonly #namespace: string;

  private constructor(exposed: ExposedSecrets, redact: Redaction, namespace = '') {
    this.#exposed = exposed;
    this.#redact = redact;
    this.#namespace = namespace;
  }

  /**
   * What a report says of it.
   *
   * @internal
   */
  public _view(findings: readonly Finding[]): ExposureView {
    return exposureView({ exposed: this.#exposed, findings, notes: this.notes, redact: this.#redact });
  }

  /**
   * Every Secret that the manifests make or use, by namespace and name.
   */
  public get secrets(): SecretOverview[] {
    return this.#exposed.secrets.map(secret => reportSecret(secret, this.#redact));
  }

  /**
   * What could not be known, as sentences: bindings to roles that no manifest defines.
   */
  public get notes(): string[] {
    const unknown = new Map<string, string[]>();
    for (const { role, binding } of this.#exposed.unknownRoles) unknown.set(role, [...unknown.get(role) ?? [], nameOf(referenceTo(binding))]);
    return [...unknown].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([role, [first, ...more]]) => this.#redact(`no manifest says what the ${role} allows, which ${first}${more.length === 0 ? '' : ` and ${more.length} more`} ${more.length === 0 ? 'binds' : 'bind'}`));
  }

  /**
   * Who can read a key of a secret: by kind, namespace and name of the reader.
   *
   * @param key the key, as `secret.key('password')` gives it
   */
  public whoCanRead(key: SecretKey): SecretReading[] {
    const { name, namespace } = key.secret;
    return this.readersOf(name, { key: key.name, ...namespace === undefined ? {} : { namespace } });
  }

  /**
   * Who can read a Secret of a name: by kind, namespace and name of the reader. One that no manifest speaks of is read by whoever reads all of its
   * namespace.
   *
   * @param secret the name of the Secret
   * @param options its namespace, and the key
   */
  public readersOf(secret: string, options: ReadersOfOptions = {}): SecretReading[] {
    const { namespace = this.#namespace, key } = options;
    return this.#report(readersOf(this.#exposed.find(namespace, secret), key));
  }

  /**
   * What somebody can read: by namespace and name of the Secret.
   *
   * @param kind for example `Deployment`, `ServiceAccount`, `User` or `Group`
   * @param namespace its namespace; empty for a User, a Group, and where manifests name none
   * @param name its name
   */
  public readableBy(kind: string, namespace: string, name: string): SecretReading[] {
    return this.#report(readableBy(this.#exposed, { kind, namespace, name }));
  }

  #report(readings: readonly Reading[]): SecretReading[] {
    return readings.map(reading => reportReading(reading, this.#redact));
  }
}

function nameOf({ kind, namespace, name }: { readonly kind: string; readonly namespace?: string; readonly name: string }): string {
  return `the ${kind} ${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)}`;
}
