import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { oneEntryOf } from './one-entry';
import { DeliveredByOperator } from './operator-object';
import { plainEntriesOf } from './remote-keys';
import { RemoteNaming } from './remote-naming';
import { type DeliveredSecret, type DeliveryVariant, type SecretDeclaration, valuesNotKnown } from './secret-declaration';
import { SecretsError } from '../errors/secrets-error';
import { withoutEnd, withoutStart } from '../kubernetes/trim';

const AUTO_RESTART = 'operator.1password.io/auto-restart';
const MAX_KEY = 253;

/**
 * Options of `SecretDelivery.onePassword`.
 */
export interface OnePasswordDeliveryOptions {
  /**
   * The vault: its id or its title.
   */
  readonly vault: string;

  /**
   * The item: its id or its title. It holds all keys of the secret.
   *
   * @default - what `naming` says
   */
  readonly item?: string;

  /**
   * Which item holds the keys that have no `SensitiveValue.fromRemote` of their own, where `item` does not say it.
   *
   * @default - what `RemoteNaming.….useFor(scope)` set nearest above the secret; without it, an item of the secret's name
   */
  readonly naming?: RemoteNaming;

  /**
   * Whether the operator restarts Deployments that use the Secret when the item changes.
   *
   * @default false
   */
  readonly autoRestart?: boolean;
}

/** A OnePasswordItem: the operator of 1Password makes a Secret of an item. No value is read here. */
export class OnePasswordDelivery implements DeliveryVariant {
  public readonly name = 'onePassword';

  constructor(private readonly options: OnePasswordDeliveryOptions) {
    for (const [what, text] of [['vault', options.vault], ['item', options.item ?? 'none']] as const) {
      const wrong = problemOf(text);
      if (wrong !== undefined) throw new SecretsError({ code: 'InvalidDelivery', message: `the ${what} ${wrong}`, next: 'give its id, or its title' });
    }
  }

  public deliver(scope: Construct, declaration: SecretDeclaration): DeliveredSecret {
    const delivered = new DeliveredByOperator(scope, declaration, {
      apiVersion: 'onepassword.com/v1',
      kind: 'OnePasswordItem',
      operator: 'the operator of 1Password',
      // beside the spec, not in it
      fields: { type: declaration.type },
      spec: object => this.spec(object, scope, declaration),
    });
    const { object: { metadata } } = delivered;
    if (this.options.autoRestart === true) metadata.addAnnotation(AUTO_RESTART, 'true');
    return delivered;
  }

  public nameHash(): string {
    throw valuesNotKnown(this.name);
  }

  private spec(object: ApiObject, scope: Construct, declaration: SecretDeclaration): object {
    const { vault, item, naming } = this.options;
    const place = { name: object.name, namespace: object.metadata.namespace };
    const found = plainEntriesOf(declaration, place, naming ?? RemoteNaming._of(scope), 'a Secret of 1Password has');
    const isGiven = (key: string) => declaration.values().get(key)!._remote !== undefined;
    const entries = new Map([...found].map(([key, ref]) => {
      return [key, item === undefined || isGiven(key) ? ref : { ...ref, key: item, property: ref.property ?? key }];
    }));
    const { entry, fields } = oneEntryOf({ entries, parts: new Map() }, { reader: 'a OnePasswordItem', hasVersions: false });
    for (const [key, field] of fields) {
      const given = keyOfField(field);
      if (given !== key) {
        throw unsupported(`the operator gives the field ${JSON.stringify(field)} the key ${JSON.stringify(given)}, and not ${JSON.stringify(key)}`,
          'declare it under that key and let the binding rename it, or use SecretDelivery.external with the provider of 1Password');
      }
    }
    const wrong = problemOf(entry);
    if (wrong !== undefined) throw unsupported(`the item ${JSON.stringify(entry)} ${wrong}`, 'give its id instead');
    return { itemPath: `vaults/${vault}/items/${entry}` };
  }
}

/** What is wrong with the id or title of something in a path. */
function problemOf(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '') return 'is none';
  return text.includes('/') ? 'has a slash, which would end it in the path of the item' : undefined;
}

/** The key that the operator gives a field: what no key may have is cut off at both ends, and a `-` between. */
function keyOfField(label: string): string {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(label)) return label;
  const replaced = label.replace(/[^-._a-zA-Z0-9]+/g, '\0');
  return withoutEnd(withoutStart(replaced, '\0'), '\0').replaceAll('\0', '-').slice(0, MAX_KEY);
}

function unsupported(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnsupportedByDelivery', message, next });
}
