import { Call, Name, type Code, type Value } from './code';
import type { ValuePlace } from './needed-values';
import { list, record, text } from '../../inspect/model/untyped';
import * as types from '../../kubernetes/secret-types';

type Fields = Readonly<Record<string, any>>;

/** How code stands in a chart. */
export interface Place {
  /** The variable of the chart. */
  readonly chart: string;
  /** The id of the construct. */
  readonly id: string;
}

/** Where the value of a key comes from. */
export type ValueOfKey = (key: string) => Code;

/**
 * The ways to declare a Secret, the best first.
 *
 * @param secret the Secret, cleaned
 * @param metadata its metadata, as a chart takes it
 * @param keys its keys
 */
export function* secretCodes(secret: Fields, metadata: Value, keys: readonly string[], { chart, id }: Place, value: ValueOfKey): Generator<Code> {
  const type = text(secret.type) || types.OPAQUE;
  const common = { metadata, ...secret.immutable === undefined ? {} : { immutable: secret.immutable } };
  const at = [new Name(chart), id] as const;
  const has = (required: readonly string[], optional: readonly string[] = []) =>
    required.every(key => keys.includes(key)) && keys.every(key => required.includes(key) || optional.includes(key));
  const props = (fields: Readonly<Record<string, string>>) =>
    ({ ...common, ...Object.fromEntries(Object.entries(fields).filter(([, key]) => keys.includes(key)).map(([name, key]) => [name, value(key)])) });
  if (type === types.TLS && has(['tls.crt', 'tls.key'], ['ca.crt'])) {
    yield new Call('TlsSecret', [...at, props({ tlsCert: 'tls.crt', tlsKey: 'tls.key', certificateAuthority: 'ca.crt' })], true);
  } else if (type === types.BASIC_AUTH && has(['username', 'password'])) {
    yield new Call('BasicAuthSecret', [...at, props({ username: 'username', password: 'password' })], true);
  } else if (type === types.SSH_AUTH && has(['ssh-privatekey'], ['known_hosts'])) {
    yield new Call('SshAuthSecret', [...at, props({ privateKey: 'ssh-privatekey', knownHosts: 'known_hosts' })], true);
  } else if (type === types.DOCKER_CONFIG_JSON && has(['.dockerconfigjson'])) {
    yield new Call('DockerConfigSecret.fromConfigJson', [...at, value('.dockerconfigjson'), common]);
  }
  const data = Object.fromEntries(keys.map(key => [key, value(key)]));
  yield new Call('Secret', [...at, { ...common, ...type === types.OPAQUE ? {} : { type }, ...keys.length === 0 ? {} : { data } }], true);
}

/** A declaration of what an ExternalSecret makes, as far as one can say it. */
export function externalCode(external: Fields, metadata: Value, { chart, id }: Place): Code | undefined {
  const { secretStoreRef, refreshInterval, refreshPolicy, target, data, dataFrom } = record(external.spec) as Fields;
  if (dataFrom !== undefined || list(data).length === 0) return undefined;
  const { name, kind } = record(secretStoreRef);
  const seconds = secondsOf(refreshInterval);
  const type = text(record(record(target).template).type);
  return new Call('Secret', [new Name(chart), id, {
    metadata,
    ...type === '' || type === types.OPAQUE ? {} : { type },
    ...record(target).immutable === undefined ? {} : { immutable: record(target).immutable as boolean },
    data: Object.fromEntries(list(data).map(record).map(({ secretKey, remoteRef }) => [text(secretKey), new Call('SensitiveValue.fromRemote', [remoteRefOf(remoteRef)])])),
    delivery: new Call('SecretDelivery.external', [{
      store: new Call(`StoreReference.${kind === 'ClusterSecretStore' ? 'clusterSecretStore' : 'secretStore'}`, [text(name)]),
      ...refreshPolicy === 'CreatedOnce' ? { refresh: new Call('ExternalRefresh.once', []) }
        : refreshPolicy === 'OnChange' ? { refresh: new Call('ExternalRefresh.onChange', []) }
          : seconds === undefined || seconds === 3600 ? {} : { refresh: new Call('ExternalRefresh.every', [new Call('Duration.seconds', [seconds])]) },
    }]),
  }], true);
}

/** What is said of an entry of a store; how it is read is what it is where nothing is said. */
function remoteRefOf(ref: unknown): Value {
  const { key, property, version } = record(ref) as Fields;
  return { key, ...property === undefined ? {} : { property }, ...version === undefined ? {} : { version } };
}

/** `1h`, `30m0s` as seconds. */
function secondsOf(duration: unknown): number | undefined {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text(duration)) ?? [];
  const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return all === 0 ? undefined : all;
}

/** Where the value of a key of a Secret belongs. */
export function placeOfKey(namespace: string | undefined, name: string, key: string): ValuePlace {
  const secret = namespace === undefined ? name : `${namespace}/${name}`;
  return { namespace, name, key, what: `${key} of the Secret ${secret}` };
}
