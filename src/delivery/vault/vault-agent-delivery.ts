import { createHash } from 'node:crypto';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AgentFile, AgentFiles } from './agent-files';
import { objectName } from '../object-name';
import { checkPlain } from '../one-entry';
import { plainEntriesOf, problemsOf } from '../remote-keys';
import { RemoteNaming } from '../remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from '../secret-declaration';
import { engineVariant, type VaultEngine } from './vault-engine';
import type { Problem } from '../../errors/problem';
import { SecretsError } from '../../errors/secrets-error';
import { formatMode } from '../../kubernetes/modes';
import { withoutEnd, withoutStart } from '../../kubernetes/trim';

const PREFIX = 'vault.hashicorp.com/';
/** So that the longest name of an annotation has no more than its 63 characters. */
const MAX_READABLE = 30;
const READER = 'the Vault agent';

/**
 * Options of `SecretDelivery.vaultAgent`.
 */
export interface VaultAgentDeliveryOptions {
  /**
   * The role of Vault's auth method. Pods authenticate as their own ServiceAccounts.
   */
  readonly role: string;

  /**
   * What the values come from: `VaultEngine.keyValue('secret')`, or `VaultEngine.dynamic`.
   */
  readonly engine: VaultEngine;

  /**
   * Which entry, and which field of it, holds the keys that have no `SensitiveValue.fromRemote` of their own, for a key-value engine.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, one entry of the secret's
   *   name, with a field for each key
   */
  readonly naming?: RemoteNaming;

  /**
   * Where the auth method is mounted: `auth/kubernetes`.
   *
   * @default - what the injector was installed with
   */
  readonly authPath?: string;

  /**
   * The namespace of Vault Enterprise.
   *
   * @default - what the injector was installed with
   */
  readonly vaultNamespace?: string;
}

/** Annotations of pods: the injector of Vault adds an agent to them, which writes the files. No value is read here, and no Secret is made. */
export class VaultAgentDelivery implements DeliveryVariant {
  public readonly name = 'vaultAgent';

  constructor(public readonly options: VaultAgentDeliveryOptions) {
    const problem = (message: string, next: string) => new SecretsError({ code: 'InvalidDelivery', message, next });
    if (typeof options.role !== 'string' || options.role === '') throw problem('the role is none', 'name a role of the auth method of Vault');
    if (engineVariant(options.engine).fieldOf === undefined) {
      throw problem('the Vault agent writes the files of a secret one by one, and each would be of another certificate', 'use SecretDelivery.vault or .certificate');
    }
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    return new DeliveredAgentFiles(scope, declaration, this.options);
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name, 'have the program read its files again: they change in running pods');
  }
}

class DeliveredAgentFiles implements DeliveredSecret, AgentFiles {
  public readonly name: string;
  public readonly namespace?: string;
  public readonly podAnnotations: Readonly<Record<string, string>>;

  constructor(
    private readonly scope: Construct, private readonly declaration: SecretDeclaration, private readonly options: VaultAgentDeliveryOptions,
  ) {
    const { metadata, immutable } = declaration;
    if (immutable === true) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: 'the Vault agent makes no Secret that could be immutable',
        next: 'leave immutable out, or give this secret another delivery',
      });
    }
    this.name = objectName(scope, metadata);
    this.namespace = metadata?.namespace ?? Chart.of(scope).namespace;
    const { role, authPath, vaultNamespace } = options;
    this.podAnnotations = {
      [`${PREFIX}agent-inject`]: 'true',
      [`${PREFIX}role`]: role,
      ...authPath === undefined ? {} : { [`${PREFIX}auth-path`]: authPath },
      ...vaultNamespace === undefined ? {} : { [`${PREFIX}namespace`]: vaultNamespace },
    };
  }

  public get agentFiles(): AgentFiles {
    return this;
  }

  public annotationsOf({ key, folder, path, mode }: AgentFile): Record<string, string> {
    const source = this.sources().get(key)!;
    const file = fileName(folder, path);
    return {
      [`${PREFIX}agent-inject-secret-${file}`]: source.path,
      [`${PREFIX}agent-inject-template-${file}`]: source.template,
      [`${PREFIX}agent-inject-file-${file}`]: path,
      [`${PREFIX}secret-volume-path-${file}`]: folder,
      ...mode === undefined ? {} : { [`${PREFIX}agent-inject-perms-${file}`]: formatMode(mode) },
    };
  }

  public validate(): Problem[] {
    return problemsOf(() => this.sources());
  }

  public checksumInput(): undefined {
    return undefined;
  }

  public knownValues(): ReadonlyMap<string, Buffer> {
    return new Map();
  }

  /** The path in Vault of each key, and the template that writes its field. */
  private sources(): ReadonlyMap<string, { readonly path: string; readonly template: string }> {
    const { engine, naming } = this.options;
    const entries = plainEntriesOf(this.declaration, this, naming ?? RemoteNaming._of(this.scope), `${READER} writes`);
    if (entries.size === 0) {
      throw new SecretsError({
        code: 'UnsupportedByDelivery',
        message: 'the secret declares no key, so there is nothing to write',
        next: 'declare its keys, or give it another delivery',
      });
    }
    return new Map([...entries].map(([key, ref]) => {
      checkPlain(key, ref, READER);
      const { path, data, field } = engineVariant(engine).fieldOf!(key, ref, this.declaration.values().get(key)!._remote !== undefined);
      return [key, { path, template: agentTemplate(path, data, field) }];
    }));
  }
}

/** What the annotations of a file have in common: lower case, as the injector makes it, and no two files of a pod the same. */
function fileName(folder: string, path: string): string {
  const hash = createHash('sha256').update(JSON.stringify([folder, path])).digest('hex').slice(0, 8);
  const readable = path.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, MAX_READABLE);
  return [withoutEnd(withoutStart(readable, '-'), '-'), hash].filter(part => part !== '').join('-');
}

/**
 * The template that writes one field: one that Vault does not have stops the agent, and what is no text is written as JSON.
 *
 * @param data where an entry has its fields
 */
export function agentTemplate(path: string, data: string, field: string): string {
  const [quotedPath, quotedField] = [path, field].map(text => JSON.stringify(text));
  return `{{ with secret ${quotedPath} }}`
    + `{{ if not (sprig_hasKey ${data} ${quotedField}) }}{{ sprig_fail ${JSON.stringify(`Vault has no field ${quotedField} there`)} }}{{ end }}`
    + `{{ $value := index ${data} ${quotedField} }}{{ if sprig_kindIs "string" $value }}{{ $value }}{{ else }}{{ sprig_toJson $value }}{{ end }}{{ end }}`;
}
