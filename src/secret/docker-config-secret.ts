import { isUtf8 } from 'node:buffer';
import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { childPath } from './construct-path';
import { DeclaredSecret } from './declared-secret';
import { type CommonSecretProps, Secret } from './secret';
import type { SecretKey } from './secret-reference';
import type { ExternalRefresh } from '../delivery/external/external-refresh';
import { ExternalSource, type IExternalGenerator } from '../delivery/external/external-source';
import { SecretDelivery } from '../delivery/secret-delivery';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { dockerConfigJson, dockerConfigTemplate, DOCKER_HUB, dockerTokenTemplate, registryServerProblem } from '../kubernetes/docker-config';
import { DOCKER_CONFIG_JSON, pullSecretKey } from '../kubernetes/secret-types';
import type { PlainText } from '../value/plain-text';
import { SensitiveValue } from '../value/sensitive-value';
import type { ValueContext, ValueOrigin } from '../value/value-source';

/**
 * The credentials of one registry.
 */
export interface DockerRegistry {
  /**
   * The registry: a host, with port and path where images have them. `*` stands for one part of a host: `*.azurecr.io`.
   *
   * @default 'https://index.docker.io/v1/' - Docker Hub
   */
  readonly server?: string;

  /**
   * The user name. A plain text is refused, in every language; no message shows it.
   */
  readonly username: SensitiveValue | PlainText;

  /**
   * The password or token. A plain text is refused, in every language; no message shows it.
   */
  readonly password: SensitiveValue | PlainText;

  /**
   * An e-mail address, which registries of today do not ask for.
   *
   * @default - none
   */
  readonly email?: string;
}

/**
 * Properties of `DockerConfigSecret`.
 */
export interface DockerConfigSecretProps extends CommonSecretProps {
  /**
   * The registries, each once.
   */
  readonly registries: DockerRegistry[];
}

/**
 * Properties of `DockerConfigSecret.fromGenerator`.
 */
export interface DockerConfigFromGeneratorProps {
  /**
   * The registry: a host, `europe-docker.pkg.dev`.
   *
   * @default - the one that the generator says: that of ECR and of Quay does
   */
  readonly server?: string;

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path, in the namespace and with the labels of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * When a new token is made.
   *
   * @default - every hour; every 30 minutes where a token lives for an hour
   */
  readonly refresh?: ExternalRefresh;
}

/**
 * Credentials for pulling images, for any number of registries: a Secret of type `kubernetes.io/dockerconfigjson`.
 *
 * For one registry its value is byte for byte the one that `kubectl create secret docker-registry` makes.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
 */
export class DockerConfigSecret extends DeclaredSecret {
  /**
   * A docker `config.json` as it is, for example a file: `SensitiveValue.fromFile('config.json')`.
   *
   * The kubelet reads `auths` only: `credHelpers` and `credsStore` give it nothing.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param config the content of the file
   * @param props the other properties
   * @throws when the manifest is made InvalidDockerConfig, and what reading the value throws
   */
  public static fromConfigJson(scope: Construct, id: string, config: SensitiveValue, props: CommonSecretProps = {}): Secret {
    return new Secret(scope, id, { ...props, type: DOCKER_CONFIG_JSON, data: { [configKey()]: config } });
  }

  /**
   * Credentials that the External Secrets operator makes anew before they end: tokens of ECR, of the registries of Google, Azure and GitHub, of
   * Quay. Nothing is stored, here or in the cluster, but the token of the hour. It is an ExternalSecret, whatever the delivery of the scope is.
   *
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param generator what makes the tokens, for example `GeneratorSpec.ecrAuthorizationToken`
   * @param props the registry, and the other properties
   * @throws InvalidDockerConfig where the generator makes no credentials of a registry, or nothing says of which
   */
  public static fromGenerator(scope: Construct, id: string, generator: IExternalGenerator, props: DockerConfigFromGeneratorProps = {}): Secret {
    const { server, metadata, refresh } = props;
    const problem = tokenProblem(generator, server);
    if (problem !== undefined) throw new SecretsError(problem, childPath(scope, id));
    const delivery = SecretDelivery.external({
      sources: [ExternalSource.generatedBy(generator)],
      templates: { [configKey()]: dockerTokenTemplate(generator.generatedKeys ?? [], server)! },
      refresh,
    });
    return new Secret(scope, id, { metadata, type: DOCKER_CONFIG_JSON, data: { [configKey()]: SensitiveValue.fromDelivery() }, delivery });
  }

  /**
   * The key `.dockerconfigjson`.
   */
  public readonly configKey: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the registries
   * @throws InvalidValue; InvalidDockerConfig for no registry, or one that is there twice or that no image matches; when the manifest
   *   is made also what reading the values throws
   */
  constructor(scope: Construct, id: string, props: DockerConfigSecretProps) {
    const { registries: given, ...common } = props;
    const registries = Array.from(given ?? [], registry => ({ ...registry }));
    const problem = registriesProblem(registries);
    // before there is a construct, which a program that goes on would leave in the app
    if (problem !== undefined) throw new SecretsError(problem, childPath(scope, id));
    super(scope, id, { ...common, type: DOCKER_CONFIG_JSON, data: { [configKey()]: configOf(registries as Credentials[]) } });
    this.configKey = this.key(configKey());
  }
}

/** The one key of a docker config. */
function configKey(): string {
  return pullSecretKey(DOCKER_CONFIG_JSON)!;
}

/** A registry with credentials that were, or will be, found to be values. */
type Credentials = DockerRegistry & { readonly username: SensitiveValue; readonly password: SensitiveValue };

function serverOf(registry: DockerRegistry): string {
  return registry.server ?? DOCKER_HUB;
}

function invalid(message: string, next: string): Problem {
  return { code: 'InvalidDockerConfig', message, next };
}

function tokenProblem({ generatedKeys = [], madeBy }: IExternalGenerator, server: string | undefined): Problem | undefined {
  const wrong = server === undefined ? undefined : registryServerProblem(server);
  if (wrong !== undefined) return invalid(wrong, "give the host as it stands in the image's name, like registry.example.com:5000");
  if (dockerTokenTemplate(generatedKeys, server) !== undefined) return undefined;
  return dockerTokenTemplate(generatedKeys, 'any') === undefined
    ? invalid(`a ${madeBy.kind} makes no credentials of a registry`, 'use a generator of tokens: GeneratorSpec.ecrAuthorizationToken, .gcrAccessToken, .acrAccessToken, …')
    : invalid(`a ${madeBy.kind} does not say of which registry its tokens are`, "give its server, for example 'europe-docker.pkg.dev'");
}

function registriesProblem(registries: readonly DockerRegistry[]): Problem | undefined {
  if (registries.length === 0) return invalid('there is no registry', 'name at least one');
  const servers = registries.map(serverOf);
  const twice = servers.find((server, index) => servers.indexOf(server) < index);
  if (twice !== undefined) return invalid(`the registry ${JSON.stringify(twice)} is there twice`, 'keep one of the two');
  for (const registry of registries) {
    for (const what of ['username', 'password'] as const) {
      if (SensitiveValue.isSensitiveValue(registry[what])) continue;
      return {
        code: 'InvalidValue',
        message: `the ${what} for registry ${JSON.stringify(serverOf(registry))} is ${registry[what] === undefined ? 'undefined' : 'no SensitiveValue'}`,
        next: 'wrap it: SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral',
      };
    }
  }
  if (servers.some(server => typeof server !== 'string')) return invalid('the server of a registry is no text', 'give its host');
  const wrong = servers.map(registryServerProblem).find(problem => problem !== undefined);
  return wrong === undefined ? undefined : invalid(wrong, "give the host as it stands in the image's name, like registry.example.com:5000");
}

/** The value of the one key: made of the user names and passwords when it is read. */
function configOf(registries: readonly Credentials[]): SensitiveValue {
  return SensitiveValue._derived({
    description: 'docker config',
    origin: {
      registries: registries.map(registry => ({
        server: serverOf(registry),
        username: originOf(registry.username),
        password: originOf(registry.password),
        email: registry.email,
      })),
    },
    recipe: {
      parts: Object.fromEntries(registries.flatMap(({ username, password }, index) =>
        [[`registry${index}_username`, username], [`registry${index}_password`, password]])),
      isWholeElse: true,
      template: operands => dockerConfigTemplate(registries.map((registry, index) => ({
        server: serverOf(registry),
        username: operands[`registry${index}_username`],
        password: operands[`registry${index}_password`],
        email: registry.email,
      }))),
    },
    read: context => Buffer.from(dockerConfigJson(registries.map(registry => ({
      server: serverOf(registry),
      username: textOf(registry.username, 'user name', registry, context),
      password: textOf(registry.password, 'password', registry, context),
      email: registry.email,
    }))), 'utf8'),
  });
}

/** Where a command finds a value; what is none is refused later. A registry knows nothing of a password that the command would make. */
function originOf(value: SensitiveValue): ValueOrigin | undefined {
  return SensitiveValue.isSensitiveValue(value) && value._generated === undefined ? value._origin : undefined;
}

function textOf(value: SensitiveValue, what: 'user name' | 'password', registry: DockerRegistry, context: ValueContext | undefined): string {
  const of = `the ${what} for registry ${JSON.stringify(serverOf(registry))}`;
  let bytes: Buffer;
  try {
    bytes = value._read(context);
  } catch (error) {
    throw error instanceof SecretsError ? new SecretsError(error.about(of)) : error;
  }
  if (bytes.length === 0) throw new SecretsError(invalid(`${of} is empty, which kubectl refuses`, 'give one'));
  if (!isUtf8(bytes)) throw new SecretsError(invalid(`${of} is not UTF-8`, 'give a text'));
  const text = bytes.toString('utf8');
  if (/[\r\n]$/.test(text)) {
    throw new SecretsError(invalid(`${of} ends in a newline, and no registry would take it`, 'read the file with { trimNewline: true }'));
  }
  if (what === 'user name' && text.includes(':')) {
    throw new SecretsError(invalid(`${of} holds a ':', which would end it`, 'give the user name alone'));
  }
  return text;
}
