import { type ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { oneEntryOf } from './one-entry';
import { oneUnit } from './one-unit';
import { DeliveredByOperator } from './operator-object';
import { plainEntriesOf } from './remote-keys';
import { RemoteNaming } from './remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from './secret-declaration';
import { SecretsError } from '../errors/secrets-error';
import { variantOf } from '../errors/sum-type';

/**
 * A project of Infisical.
 */
export class InfisicalProject {
  /**
   * A project of an id.
   *
   * @param id its id
   * @throws InvalidDelivery
   */
  public static id(id: string): InfisicalProject {
    return new InfisicalProject({ projectId: given(id, 'the id of the project') });
  }

  /**
   * A project of a slug.
   *
   * @param slug its slug
   * @throws InvalidDelivery
   */
  public static slug(slug: string): InfisicalProject {
    return new InfisicalProject({ projectSlug: given(slug, 'the slug of the project') });
  }

  /** @internal */
  public readonly _variant: object;

  private constructor(variant: object) {
    this._variant = variant;
  }
}

/** What a source holds of a project. */
function projectVariant(project: InfisicalProject): object {
  return variantOf(project, { code: 'InvalidDelivery', message: 'the project is none', next: "give InfisicalProject.slug('…') or .id" });
}

/**
 * Options of `SecretDelivery.infisical`.
 */
export interface InfisicalDeliveryOptions {
  /**
   * The project.
   */
  readonly project: InfisicalProject;

  /**
   * The slug of its environment: `prod`.
   */
  readonly environment: string;

  /**
   * The name of the InfisicalAuth by which the operator logs in.
   */
  readonly authName: string;

  /**
   * The namespace of the InfisicalAuth.
   *
   * @default - that of the secret
   */
  readonly authNamespace?: string;

  /**
   * Which folder holds the keys that have no `SensitiveValue.fromRemote` of their own: the name of an entry is a folder, a property the name of a secret in it. All keys are
   * in one folder.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, a folder of the secret's name
   */
  readonly naming?: RemoteNaming;

  /**
   * How often the operator asks for changes.
   *
   * @default Duration.minutes(1)
   */
  readonly refreshInterval?: Duration;
}

/** An InfisicalStaticSecret: the operator of Infisical makes the Secret. No value is read here. */
export class InfisicalDelivery implements DeliveryVariant {
  public readonly name = 'infisical';
  readonly #refreshInterval: string;

  constructor(private readonly options: InfisicalDeliveryOptions) {
    projectVariant(options.project);
    given(options.environment, 'the environment');
    given(options.authName, 'the name of the InfisicalAuth');
    this.#refreshInterval = oneUnit(options.refreshInterval ?? Duration.minutes(1), 'refreshInterval');
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    const delivered = new DeliveredByOperator(scope, declaration, {
      apiVersion: 'secrets.infisical.com/v1beta1',
      kind: 'InfisicalStaticSecret',
      operator: 'the operator of Infisical',
      spec: object => this.spec(object, scope, declaration),
    });
    if (delivered.namespace === undefined) {
      throw new SecretsError({
        code: 'MissingNamespace',
        message: 'an InfisicalStaticSecret names the namespace of its Secret, and the secret has none',
        next: 'give the chart, or the metadata of the secret, a namespace',
      });
    }
    return delivered;
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }

  private spec(object: ApiObject, scope: Construct, declaration: SecretDeclaration): object {
    const { project, environment, authName, authNamespace, naming } = this.options;
    const { name, metadata: { namespace } } = object;
    const found = plainEntriesOf(declaration, { name, namespace }, naming ?? RemoteNaming._of(scope), 'an InfisicalStaticSecret takes');
    const entries = new Map([...found].map(([key, ref]) => [key, { ...ref, key: folderOf(ref.key) }]));
    const { entry, fields } = oneEntryOf({ entries, parts: new Map() }, { reader: 'an InfisicalStaticSecret', hasVersions: false });
    const { labels = {}, annotations = {} } = object.metadata.toJson() as { labels?: object; annotations?: object };
    return {
      infisicalAuthRef: { name: authName, namespace: authNamespace ?? namespace },
      sources: [{ ...projectVariant(project), environmentSlug: environment, secretPath: entry }],
      syncOptions: { refreshInterval: this.#refreshInterval },
      targets: [{
        kind: 'Secret',
        name,
        namespace,
        creationPolicy: 'Owner',
        secretType: declaration.type,
        metadata: { labels, annotations },
        template: { engineVersion: 'v1', data: Object.fromEntries([...fields].map(([key, field]) => [key, valueOf(field)])) },
      }],
    };
  }
}

/** The path of a folder, which begins with a slash. */
function folderOf(entry: string): string {
  return entry.startsWith('/') ? entry : `/${entry}`;
}

/** The Go template of a secret of Infisical. */
function valueOf(secret: string): string {
  return /^[A-Za-z_]\w*$/.test(secret) ? `{{ .${secret}.Value }}` : `{{ (index . ${JSON.stringify(secret)}).Value }}`;
}

function given(text: string, what: string): string {
  if (typeof text === 'string' && text !== '') return text;
  throw new SecretsError({ code: 'InvalidDelivery', message: `${what} is none`, next: 'write it as Infisical shows it' });
}
