import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ApoloContext } from './apolo-context';
import { ApoloEnv } from './apolo-env';
import { ApoloJobForm } from './apolo-job-form';
import { apoloPodSpec, type ApoloPod } from './apolo-pod';
import type { ApoloSecretUri } from './apolo-secret-uri';
import { ApoloVolume } from './apolo-volume';
import { platformNamespace, platformSecretName } from './platform-names';
import { platformKey, platformMountPath, platformMountPaths, platformPath, platformUri } from './platform-rules';
import { namespaceProblem } from '../binding/namespace-rule';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { addWarning } from '../errors/warning';
import { envName } from '../kubernetes/env-names';
import { saidOf } from '../secret/construct-path';
import { Secret } from '../secret/secret';
import { shellWord } from '../workload/secret-commands';

/**
 * Properties of `ApoloJob`.
 */
export interface ApoloJobProps {
  /**
   * The image.
   */
  readonly image: string;

  /**
   * Where the job's client stands: what `secret:KEY` is completed with.
   */
  readonly context: ApoloContext;

  /**
   * What replaces the entry point of the image.
   *
   * @default - the entry point of the image
   */
  readonly entrypoint?: string[];

  /**
   * The arguments of the entry point.
   *
   * @default - those of the image
   */
  readonly command?: string[];

  /**
   * Secrets as files, each `secret:KEY:/path/of/file`.
   *
   * @default - none
   */
  readonly volumes?: string[];

  /**
   * Environment variables. A value that starts with `secret:` is a secret.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Env files, whose variables yield to those of `env`.
   *
   * @default - none
   */
  readonly envFiles?: string[];

  /**
   * CPUs, as Kubernetes writes them: requested, and the limit.
   *
   * @default - not set
   */
  readonly cpu?: string;

  /**
   * Memory, as Kubernetes writes it: requested, and the limit.
   *
   * @default - not set
   */
  readonly memory?: string;

  /**
   * The numeric user that the container runs as. The files belong to root and only it may read them; for another user they get
   * the group of the volume.
   *
   * @default - the user of the image; if that is not root, it can not read the files
   */
  readonly user?: number;

  /**
   * The numeric group that the container runs as.
   *
   * @default - the group of the image
   */
  readonly group?: number;

  /**
   * As what objects the job reaches the cluster.
   *
   * @default ApoloJobForm.platform()
   */
  readonly form?: ApoloJobForm;

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - a name made from the construct's path; the namespace of the project on the platform, else that of the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * A job of Apolo, with its secrets as files and variables.
 *
 * What the platform would refuse when the job starts is refused here.
 *
 * @example
 * new apolo.ApoloJob(this, 'Train', {
 *   image: 'ubuntu:latest',
 *   context: { cluster: 'default', org: 'myorg', project: 'myproj' },
 *   volumes: ['secret:secret-password:/var/secrets/secret-password.txt'],
 *   env: { mypass: 'secret:secret-password' },
 * });
 *
 * @see https://docs.apolo.us
 */
export class ApoloJob extends Construct {
  /**
   * The Pod that the platform makes, or the Job.
   */
  public readonly resource: ApiObject;

  readonly #props: ApoloJobProps;
  readonly #volumes: readonly ApoloVolume[];
  readonly #env: ApoloEnv;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props what the job is made of
   * @throws InvalidApoloReference for what the client refuses, RefusedByApolo for what the platform does
   * @throws InvalidEnvName, FileUnreadable, UnknownKey, NamespaceMismatch
   */
  constructor(scope: Construct, id: string, props: ApoloJobProps) {
    super(scope, id);
    this.#props = {
      ...props,
      context: { ...props.context },
      entrypoint: props.entrypoint && [...props.entrypoint],
      command: props.command && [...props.command],
    };
    this.#volumes = (props.volumes ?? []).map(volume => saidOf(this.node, () => ApoloVolume.parse(volume, props.context)));
    const entries = Object.entries(props.env ?? {}).map(([name, value]) => `${name}=${value}`);
    this.#env = saidOf(this.node, () => ApoloEnv.parse(entries, props.context, { envFiles: props.envFiles }));
    const form = props.form ?? ApoloJobForm.platform();
    this.#check(form);
    this.resource = this.#make(form);
    for (const secret of form._variant.secrets) {
      const problem = namespaceProblem(secret, 'job', this.resource.metadata.namespace);
      if (problem !== undefined) throw new SecretsError(problem, this.node.path);
    }
  }

  /**
   * What the client sends to the platform for the container's secrets: `secret_env` and `secret_volumes`, each left out
   * where it is empty.
   */
  public containerPayload(): any {
    const env = Object.entries(this.#env.secrets).map(([name, uri]) => [name, uri.toString()]);
    const volumes = this.#files().map(({ uri, containerPath }) => ({ src_secret_uri: uri, dst_path: containerPath }));
    return {
      ...env.length === 0 ? {} : { secret_env: Object.fromEntries(env) },
      ...volumes.length === 0 ? {} : { secret_volumes: volumes },
    };
  }

  /**
   * The command that starts the job on the platform, with full URIs. It holds no value of any secret.
   */
  public runCommand(): string {
    const { image, cpu, memory, entrypoint, command } = this.#props;
    const option = (name: string, value: string | undefined) => value === undefined ? [] : [name, shellWord(value)];
    return [
      'apolo', 'run',
      ...option('--cpu', cpu),
      ...option('--memory', memory),
      ...this.#volumes.flatMap(volume => option('--volume', volume.toString())),
      ...Object.entries(this.#env.plain).flatMap(([name, value]) => option('--env', `${name}=${value}`)),
      ...Object.entries(this.#env.secrets).flatMap(([name, uri]) => option('--env', `${name}=${uri}`)),
      ...option('--entrypoint', entrypoint?.map(shellWord).join(' ')),
      shellWord(image),
      ...command === undefined ? [] : ['--', ...command.map(shellWord)],
    ].join(' ');
  }

  #files(): ApoloVolume[] {
    return this.#volumes.filter(({ secret }) => secret !== undefined);
  }

  /** What the platform would refuse, all at once. */
  #check(form: ApoloJobForm): void {
    const { cluster } = this.#props.context;
    const uris = [...this.#files().map(({ secret }) => secret!), ...Object.values(this.#env.secrets)];
    const paths = this.#files().map(({ containerPath }) => containerPath);
    const { keys } = form._variant;
    const own = uris.filter(({ projectPath }) => projectPath === projectPathOf(this.#props.context)).map(({ key }) => key);
    const missing = keys === undefined ? [] : [...new Set(own)].filter(key => !keys.has(key)).sort();
    this.#refuse('RefusedByApolo', [
      ...this.#volumes.filter(({ secret }) => secret === undefined).map(({ kind, uri }) => `'${uri}' is a ${kind} volume; a job here takes secrets only`),
      ...uris.flatMap(uri => [
        ...form._variant.isPlatform ? platformUri(uri.toString(), cluster) : [],
        ...platformKey(uri.key).map(reason => `the key '${uri.key}' ${reason}`),
      ]),
      ...paths.flatMap(platformMountPath),
      ...platformMountPaths(paths),
      ...missing.length === 0 ? [] : [`Missing secrets: ${missing.map(key => `'${key}'`).join(', ')}`],
    ]);
    const names = [...Object.keys(this.#env.plain), ...Object.keys(this.#env.secrets)];
    this.#refuse('InvalidEnvName', names.flatMap(name => envName(name).map(reason => `${JSON.stringify(name)}: ${reason}`)));
  }

  #refuse(code: Problem['code'], reasons: readonly string[]): void {
    if (reasons.length === 0) return;
    throw new SecretsError({ code, message: [...new Set(reasons)].join('; '), next: 'the job would not start; correct it' }, this.node.path);
  }

  #make(form: ApoloJobForm): ApiObject {
    const { metadata, context } = this.#props;
    const spec = apoloPodSpec(this.#pod(form));
    if (form._variant.isPlatform) {
      const namespace = metadata?.namespace ?? platformNamespace(context.org, context.project);
      this.#referToPlatform(form, namespace);
      return new ApiObject(this, 'Resource', { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, namespace }, spec });
    }
    return new ApiObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 0, template: { spec } } });
  }

  /** The Secrets that the platform makes of the projects whose secrets the job uses, and what it does otherwise than one may think. */
  #referToPlatform(form: ApoloJobForm, namespace: string): void {
    const { context, user } = this.#props;
    const uris = [...this.#files().map(({ secret }) => secret!), ...Object.values(this.#env.secrets)];
    for (const path of new Set(uris.map(({ projectPath }) => projectPath))) {
      const isOwn = path === projectPathOf(context);
      const name = platformSecretName(path);
      Secret.fromSecretName(this, name, name, { namespace, keys: isOwn && form._variant.keys ? [...form._variant.keys] : undefined });
      if (isOwn) continue;
      addWarning(this, {
        code: 'SecretOfOtherProject',
        message: `the platform looks for the secrets of '${path}' in the namespace of the job's own project`,
        next: 'add the secret to the project of the job',
      });
    }
    if (user !== undefined && user !== 0 && this.#files().length > 0) {
      addWarning(this, {
        code: 'UnreadableSecretFile',
        message: `the platform makes secret files that only root can read, and the job runs as user ${user}`,
        next: 'take the secrets as environment variables, or run the job as root',
      });
    }
  }

  #pod(form: ApoloJobForm): ApoloPod {
    const { image, entrypoint, command, cpu, memory, user, group } = this.#props;
    const { find, pullSecrets, isPlatform } = form._variant;
    const found = (uri: ApoloSecretUri) => saidOf(this.node, () => find(uri));
    return {
      image,
      entrypoint,
      command,
      cpu,
      memory,
      plainEnv: this.#env.plain,
      secretEnv: Object.entries(this.#env.secrets).map(([name, uri]) => ({ name, ...found(uri) })),
      files: this.#files().map(({ secret, containerPath }) => ({ path: platformPath(containerPath), ...found(secret!) })),
      pullSecrets,
      ...isPlatform ? {} : { user, group },
    };
  }
}

function projectPathOf({ org, project }: ApoloContext): string {
  return org === undefined ? project : `${org}/${project}`;
}
