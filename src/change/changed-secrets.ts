import { changedFields, isSamePrint, keyPrints, PrintKind, type KeyPrint } from './key-prints';
import { pairUp, type Pair } from './pair-up';
import { type IsSeen, withRenamed } from './renamed-secrets';
import { groupBy } from '../errors/group-by';
import type { KnownSecret } from '../inspect/model/known-secrets';
import type { Manifest } from '../inspect/model/manifest';

/** What became of a secret, or of a key of one. */
export enum ChangeKind {
  /** It is new. */
  ADDED = 'added',
  /** It is gone. */
  REMOVED = 'removed',
  /** It is another one. */
  CHANGED = 'changed',
  /** It was encrypted, or will be made, anew: whether the value is another one cannot be known here. */
  UNSURE = 'unsure',
}

/** What became of one key: never its value. */
export interface ChangedKey {
  /** The key. */
  readonly key: string;

  /** What became of it. */
  readonly change: ChangeKind;

  /**
   * Where its value was found before, as `prod/db#password in vault`.
   *
   * @default - the same place as now, or none that can be named
   */
  readonly formerReference?: string;

  /**
   * Where its value is found now.
   *
   * @default - none that can be named
   */
  readonly reference?: string;
}

/** One secret that is not what it was. */
export interface ChangedSecret {
  /**
   * Its namespace.
   *
   * @default - its manifest names none
   */
  readonly namespace?: string;

  /** Its name. */
  readonly name: string;

  /**
   * The name that it had, where a hash at the end of the name has changed with its values.
   *
   * @default - the same name
   */
  readonly formerName?: string;

  /** What became of it. */
  readonly change: ChangeKind;

  /** How it gets to the cluster: `manifest`, `sealed`, `external`, `csi`, or the kind of the resource that it is made of. */
  readonly delivery: string;

  /**
   * How it got there before.
   *
   * @default - in the same way
   */
  readonly formerDelivery?: string;

  /**
   * Its type.
   *
   * @default - not known
   */
  readonly secretType?: string;

  /**
   * The type that it had.
   *
   * @default - the same type
   */
  readonly formerType?: string;

  /**
   * Whether it became immutable (`true`) or is immutable no more (`false`).
   *
   * @default - neither
   */
  readonly becomesImmutable?: boolean;

  /** Its keys that are not what they were. */
  readonly keys: ChangedKey[];

  /** Fields of the resource that it is made of, beyond its keys: `spec.refreshInterval`. */
  readonly fields: string[];

  /**
   * The file that it comes from, where others have a secret of this name too.
   *
   * @default - it is the only one of this name
   */
  readonly file?: string;
}

/** What a ciphertext can tell of another one, where somebody wrote it down: whether both are of the same value. */
export type CompareCiphertexts = (before: string, after: string) => boolean | undefined;

const DELIVERIES: Readonly<Record<string, string>> = { Secret: 'manifest', SealedSecret: 'sealed', ExternalSecret: 'external', SecretProviderClass: 'csi' };

/** One secret before and after, and what is left of its change. */
export interface SecretPair {
  readonly before?: KnownSecret;
  readonly after?: KnownSecret;
  readonly changed?: ChangedSecret;
}

/** The secrets of one state, and which of them its pods see. */
export interface SecretsOfState {
  readonly secrets: readonly KnownSecret[];
  readonly isSeen: IsSeen;
}

/** The secrets of two states in pairs, with what has changed in each. */
export function changedSecrets(old: SecretsOfState, fresh: SecretsOfState, compare: CompareCiphertexts): SecretPair[] {
  const [before, after] = [old.secrets, fresh.secrets];
  const paired = pairUp(before, after, { identityOf: placeOf, fileOf: ({ manifest }) => manifest?.source.file });
  const pairs = withRenamed(paired, old.isSeen, fresh.isSeen);
  const several = new Set([...repeated(before), ...repeated(after)]);
  return pairs.map(pair => {
    const changed = changeOf(pair, compare);
    if (changed === undefined) return pair;
    const { file } = (pair.after ?? pair.before)!.manifest?.source ?? {};
    return { ...pair, changed: several.has(placeOf((pair.after ?? pair.before)!)) && file !== undefined ? { ...changed, file } : changed };
  });
}

function repeated(secrets: readonly KnownSecret[]): string[] {
  return [...groupBy(secrets, placeOf)].filter(([, group]) => group.length > 1).map(([place]) => place);
}

function placeOf({ namespace, name }: KnownSecret): string {
  return JSON.stringify([namespace ?? null, name]);
}

function changeOf({ before, after }: Pair<KnownSecret>, compare: CompareCiphertexts): ChangedSecret | undefined {
  const secret = (after ?? before)!;
  const { namespace, name, type, manifest } = secret;
  const all = {
    ...namespace === undefined || namespace === '' ? {} : { namespace },
    name,
    delivery: deliveryOf(manifest),
    ...type === undefined ? {} : { secretType: type },
  };
  if (before === undefined || after === undefined) {
    const change = before === undefined ? ChangeKind.ADDED : ChangeKind.REMOVED;
    return { ...all, change, keys: [...secret.keys ?? []].sort().map(key => ({ key, change })), fields: [] };
  }
  const keys = changedKeys(before, after, compare);
  const fields = before.manifest === undefined || manifest === undefined ? [] : changedFields(before.manifest, manifest);
  const formerDelivery = deliveryOf(before.manifest);
  const isImmutable = after.immutable === true;
  const differences = {
    ...before.name === name ? {} : { formerName: before.name },
    ...formerDelivery === all.delivery ? {} : { formerDelivery },
    ...before.type === undefined || type === undefined || before.type === type ? {} : { formerType: before.type },
    ...(before.immutable === true) === isImmutable ? {} : { becomesImmutable: isImmutable },
  };
  if (Object.keys(differences).length === 0 && keys.length === 0 && fields.length === 0) return undefined;
  const onlyUnsure = Object.keys(differences).length === 0 && fields.length === 0 && keys.every(({ change }) => change === ChangeKind.UNSURE);
  return { ...all, ...differences, change: onlyUnsure ? ChangeKind.UNSURE : ChangeKind.CHANGED, keys, fields };
}

function deliveryOf(manifest: Manifest | undefined): string {
  return manifest === undefined ? 'existing' : DELIVERIES[manifest.kind] ?? manifest.kind;
}

function changedKeys(before: KnownSecret, after: KnownSecret, compare: CompareCiphertexts): ChangedKey[] {
  const [old, fresh] = [keyPrints(before), keyPrints(after)];
  // where one of the two does not say which keys it has, none is new or gone
  const areKnown = before.keys !== undefined && after.keys !== undefined;
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((key): ChangedKey[] => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const change = was !== undefined && is !== undefined ? changeOfKey(was, is, compare)
      : !areKnown ? undefined : was === undefined ? ChangeKind.ADDED : ChangeKind.REMOVED;
    return change === undefined ? [] : [{ key, change, ...referencesOf(was, is) }];
  });
}

function changeOfKey(was: KeyPrint, is: KeyPrint, compare: CompareCiphertexts): ChangeKind | undefined {
  if (isSamePrint(was, is)) return undefined;
  // brought in another way: that is said of the secret
  if (was.kind !== is.kind) return undefined;
  switch (is.kind) {
    case PrintKind.VALUE:
    case PrintKind.REFERENCE: return ChangeKind.CHANGED;
    case PrintKind.RESOURCE: return ChangeKind.UNSURE;
    case PrintKind.CIPHERTEXT: {
      const isSame = compare(was.ciphertext!, is.ciphertext!);
      return isSame === true ? undefined : isSame === false ? ChangeKind.CHANGED : ChangeKind.UNSURE;
    }
  }
}

function referencesOf(was: KeyPrint | undefined, is: KeyPrint | undefined): Pick<ChangedKey, 'formerReference' | 'reference'> {
  return {
    ...was?.reference === undefined || was.reference === is?.reference ? {} : { formerReference: was.reference },
    ...is?.reference === undefined ? {} : { reference: is.reference },
  };
}
