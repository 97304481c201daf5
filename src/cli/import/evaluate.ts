import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Call, isCode, Member, Name, type Value } from './code';
import { AppInspection } from '../../app/app-inspection';
import { ContainerSelector } from '../../binding/container-selector';
import { SecretBinding } from '../../binding/secret-binding';
import { SecretRollout } from '../../binding/secret-rollout';
import { SecretVolume } from '../../binding/secret-volume';
import { ExternalRefresh } from '../../delivery/external/external-refresh';
import { StoreReference } from '../../delivery/external/store-reference';
import { SecretDelivery } from '../../delivery/secret-delivery';
import { BasicAuthSecret } from '../../secret/basic-auth-secret';
import { DockerConfigSecret } from '../../secret/docker-config-secret';
import { Secret } from '../../secret/secret';
import { SshAuthSecret } from '../../secret/ssh-auth-secret';
import { TlsSecret } from '../../secret/tls-secret';
import { SensitiveValue } from '../../value/sensitive-value';

/** What a program imports, by where it is from. */
export const IMPORTS: Readonly<Record<'cdk8s' | 'cdk8s-secrets', readonly string[]>> = {
  'cdk8s': ['ApiObject', 'App', 'Chart', 'Duration'],
  'cdk8s-secrets': [
    'AppInspection', 'BasicAuthSecret', 'ContainerSelector', 'DockerConfigSecret', 'ExternalRefresh', 'Secret', 'SecretBinding', 'SecretDelivery', 'SecretRollout', 'SecretVolume',
    'SensitiveValue', 'SshAuthSecret', 'StoreReference', 'TlsSecret',
  ],
};

/** The function with which a program reads a text that is no value of a Secret from its environment. */
export const ENVIRONMENT = 'environment';

/** What a program reads: the values of variables and files. */
export interface Inputs {
  readonly variables: ReadonlyMap<string, Buffer>;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Runs code as TypeScript would, in this process, with what it reads at hand. */
export class Evaluation {
  readonly #names = new Map<string, any>();
  readonly #library: Readonly<Record<string, any>>;

  constructor(inputs: Inputs) {
    const value = (bytes: Buffer) => SensitiveValue.fromBase64(bytes.toString('base64'));
    this.#library = {
      ApiObject,
      App,
      AppInspection,
      BasicAuthSecret,
      Chart,
      ContainerSelector,
      DockerConfigSecret,
      Duration,
      ExternalRefresh,
      Secret,
      SecretBinding,
      SecretDelivery,
      SecretRollout,
      SecretVolume,
      SshAuthSecret,
      StoreReference,
      TlsSecret,
      SensitiveValue: {
        fromEnvironment: (name: string) => value(inputs.variables.get(name)!),
        fromFile: (path: string) => value(inputs.files.get(path)!),
        fromRemote: SensitiveValue.fromRemote,
      },
      [ENVIRONMENT]: (name: string) => inputs.variables.get(name)!.toString('utf8'),
    };
  }

  /** Makes a thing known under a name. */
  public declare(name: string, thing: unknown): void {
    this.#names.set(name, thing);
  }

  /** What the code gives. */
  public run(value: Value): any {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(item => this.run(item));
    if (!isCode(value)) return Object.fromEntries(Object.entries(value as object).map(([key, child]) => [key, this.run(child)]));
    if (value instanceof Name) return this.#names.get(value.name);
    if (value instanceof Member) {
      const of = this.run(value.of);
      return value.args === undefined ? of[value.name] : of[value.name](...value.args.map(arg => this.run(arg)));
    }
    return this.call(value);
  }

  private call({ callee, args, isNew }: Call): any {
    const [root, method] = callee.split('.');
    const values = args.map(arg => this.run(arg));
    if (isNew) return new this.#library[root](...values);
    return method === undefined ? this.#library[root](...values) : this.#library[root][method](...values);
  }
}
