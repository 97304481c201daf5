import type { Duration } from 'cdk8s';
import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';
import { TLS } from '../../kubernetes/secret-types';
import { goOperand } from '../../value/go-template-text';
import type { RemoteRef } from '../../value/remote-ref';
import { checkPlain, oneEntryOf } from '../one-entry';
import { oneUnit } from '../one-unit';
import { refuseGenerated, remoteKeysOf } from '../remote-keys';
import type { RemoteNaming } from '../remote-naming';
import type { SecretDeclaration } from '../secret-declaration';
import type { TemplatedKeys } from './vault-template';

/**
 * Options of `VaultEngine.dynamic`.
 */
export interface VaultDynamicOptions {
  /**
   * Where the engine is mounted: `database`, `aws`.
   */
  readonly mount: string;

  /**
   * The path below the mount that gives credentials: `creds/shop`, `static-creds/shop`.
   */
  readonly path: string;

  /**
   * Whether Vault rotates the credentials of one account, as those of `static-creds`, and does not make an account for each lease.
   *
   * @default false
   */
  readonly staticCredentials?: boolean;

  /**
   * After how many percent of a lease it is renewed, 0 to 90.
   *
   * @default 67
   */
  readonly renewalPercent?: number;

  /**
   * Parameters of the request.
   *
   * @default - none
   */
  readonly params?: { [name: string]: string };

  /**
   * Whether the lease is revoked when the object is deleted.
   *
   * @default false
   */
  readonly revoke?: boolean;
}

/**
 * Options of `VaultEngine.pki`.
 */
export interface VaultPkiOptions {
  /**
   * Where the engine is mounted: `pki`.
   */
  readonly mount: string;

  /**
   * The role that the certificate is issued by.
   */
  readonly role: string;

  /**
   * The common name.
   */
  readonly commonName: string;

  /**
   * Further host names and mail addresses that the certificate is for.
   *
   * @default - none
   */
  readonly altNames?: string[];

  /**
   * The IP addresses that it is for.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * The URIs that it is for.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * How long it lives.
   *
   * @default - what the role says
   */
  readonly ttl?: Duration;

  /**
   * How long before its end it is renewed. Without this the operator would not renew it in time.
   */
  readonly renewBefore: Duration;

  /**
   * Whether the private key is PKCS#8, as Java reads it.
   *
   * @default false
   */
  readonly pkcs8?: boolean;
}

/** The object that fetches from an engine: its kind, its fields, and where the keys are. */
export interface VaultRequest extends TemplatedKeys {
  readonly spec: object;
}

/** A secret that is fetched: what it declares, and what it is called. */
export interface VaultSubject {
  readonly declaration: SecretDeclaration;
  readonly place: { readonly name: string; readonly namespace?: string };
  readonly naming: RemoteNaming;
  /** Go templates of keys that the delivery makes of others. */
  readonly made: ReadonlyMap<string, string>;
}

/** How an engine is asked. */
export interface EngineVariant {
  readonly kind: string;
  /** Whether what it gives is asked for again and again. */
  readonly polls: boolean;
  request(subject: VaultSubject): VaultRequest;
  /**
   * Where one field is, for whoever reads fields one by one.
   *
   * @param isGiven whether the entry was given for the key, and is not that of a naming convention
   */
  fieldOf?(key: string, ref: RemoteRef, isGiven: boolean): VaultField;
}

/** Where one field is. */
export interface VaultField {
  /** The path that Vault is asked for. */
  readonly path: string;
  /** Where its answer has the fields, in a Go template. */
  readonly data: string;
  readonly field: string;
}

/**
 * What a secret of Vault comes from: the key-value engine, one that makes credentials, or the authority of certificates.
 */
export class VaultEngine {
  /**
   * Version 2 of the key-value engine. The key of an entry is its path below the mount, without `data/`.
   *
   * @param mount where it is mounted
   * @throws InvalidDelivery
   */
  public static keyValue(mount: string): VaultEngine {
    return new VaultEngine(keyValue(checked(mount, 'the mount'), 2));
  }

  /**
   * Version 1 of the key-value engine.
   *
   * @param mount where it is mounted
   * @throws InvalidDelivery
   */
  public static keyValueV1(mount: string): VaultEngine {
    return new VaultEngine(keyValue(checked(mount, 'the mount'), 1));
  }

  /**
   * An engine that makes credentials: of databases, clouds, RabbitMQ, … Keys are fields of its answer, as `username` and `password`. The values change with
   * every lease.
   *
   * @param options the mount and the path
   * @throws InvalidDelivery
   */
  public static dynamic(options: VaultDynamicOptions): VaultEngine {
    return new VaultEngine(dynamic(options));
  }

  /**
   * Vault's authority of certificates, for a `TlsSecret` with the keys `tls.crt` (with its chain), `tls.key` and `ca.crt`.
   *
   * @param options the role, and what the certificate is for
   * @throws InvalidDelivery
   */
  public static pki(options: VaultPkiOptions): VaultEngine {
    return new VaultEngine(pki(options));
  }

  /** @internal */
  public readonly _variant: EngineVariant;

  private constructor(variant: EngineVariant) {
    this._variant = variant;
  }
}

/** What is in a VaultEngine. */
export function engineVariant(engine: VaultEngine): EngineVariant {
  return variantOf(engine, { code: 'InvalidDelivery', message: 'the engine is none', next: "give VaultEngine.keyValue('secret'), .dynamic or .pki" });
}

function keyValue(mount: string, version: 1 | 2): EngineVariant {
  return {
    kind: 'VaultStaticSecret',
    polls: true,
    request: ({ declaration, place, naming, made }) => {
      const keys = remoteKeysOf(declaration, place, naming, made);
      refuseGenerated(declaration, keys, 'a VaultStaticSecret fetches');
      const entry = oneEntryOf(keys, { reader: 'a VaultStaticSecret', hasVersions: version === 2 });
      checkVersion(entry.version);
      return {
        ...entry,
        templates: keys.templates,
        composed: keys.composed,
        spec: { mount, path: entry.entry, type: `kv-v${version}`, ...entry.version === undefined ? {} : { version: Number(entry.version) }, hmacSecretData: true },
      };
    },
    fieldOf: (key, ref) => {
      checkVersion(ref.version);
      if (ref.property === undefined) {
        throw unsupported(`key ${JSON.stringify(key)} is to be the whole entry ${JSON.stringify(ref.key)}, and the Vault agent writes fields of it`,
          'name the field: fromRemote({ key, property }), or RemoteNaming.entryPerSecret');
      }
      if (version === 1) {
        if (ref.version !== undefined) throw unsupported('version 1 of the key-value engine has no versions of entries', 'leave the version out');
        return { path: `${mount}/${ref.key}`, data: '.Data', field: ref.property };
      }
      return { path: `${mount}/data/${ref.key}${ref.version === undefined ? '' : `?version=${ref.version}`}`, data: '.Data.data', field: ref.property };
    },
  };
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || /^[1-9]\d{0,8}$/.test(version)) return;
  throw unsupported(`${JSON.stringify(version)} is no version of an entry in Vault: they are numbers`, "give version: '7', or leave it out");
}

function dynamic(options: VaultDynamicOptions): EngineVariant {
  const { staticCredentials, renewalPercent, params, revoke } = options;
  const mount = checked(options.mount, 'the mount');
  const path = checked(options.path, 'the path');
  if (renewalPercent !== undefined && !(Number.isInteger(renewalPercent) && renewalPercent >= 0 && renewalPercent <= 90)) {
    throw invalid('a lease is renewed after 0 to 90 percent of it', 'give such a number, or leave renewalPercent out');
  }
  return {
    kind: 'VaultDynamicSecret',
    polls: false,
    request: ({ declaration, made }) => {
      const fields = new Map<string, string>();
      const templates = new Map(made);
      for (const [key, value] of declaration.values()) {
        if (made.has(key)) continue;
        if (value._recipe !== undefined) {
          throw unsupported(`key ${JSON.stringify(key)} is made of several values, and the credentials of ${JSON.stringify(path)} are made by Vault`, "make it in the delivery's templates");
        }
        const { _remote: remote, _generated: generated, _isLiteral: isLiteral } = value;
        if (remote === undefined && isLiteral && value._isPublic) {
          templates.set(key, `{{ ${goOperand(value._read())} }}`);
        } else if (remote === undefined && (isLiteral || generated !== undefined)) {
          throw unsupported(`the value of key ${JSON.stringify(key)} is a ${value._description}${isLiteral ? ' of the program' : ''}, and Vault makes the credentials of ${JSON.stringify(path)}`,
            `say which field of them it is here, as in .orRemote({ key: ${JSON.stringify(path)}, property: ${JSON.stringify(key)} }) behind it${isLiteral ? ', or .asPublic() where everybody may read it in the manifest' : ''}`);
        } else {
          fields.set(key, dynamicField(path, key, remote));
        }
      }
      if (fields.size === 0 && made.size === 0) throw NO_KEYS;
      return {
        fields,
        templates,
        composed: new Set(),
        parts: new Map(),
        spec: {
          mount,
          path,
          allowStaticCreds: staticCredentials === true ? true : undefined,
          renewalPercent,
          params: params && { ...params },
          revoke,
        },
      };
    },
    fieldOf: (key, ref, isGiven) => {
      if (params !== undefined) throw unsupported('the Vault agent asks for credentials without parameters', 'leave params out, or use SecretDelivery.vault');
      return { path: `${mount}/${path}`, data: '.Data', field: dynamicField(path, key, isGiven ? ref : undefined) };
    },
  };
}

/** The field of an answer that a key is. */
function dynamicField(path: string, key: string, given: RemoteRef | undefined): string {
  if (given !== undefined) checkPlain(key, given, 'a VaultDynamicSecret');
  if (given?.version !== undefined) throw unsupported(`credentials of ${JSON.stringify(path)} have no versions, and key ${JSON.stringify(key)} asks for one`, 'leave the version out');
  if (given !== undefined && given.key !== path) {
    throw unsupported(`key ${JSON.stringify(key)} is in the entry ${JSON.stringify(given.key)}, and these credentials are those of ${JSON.stringify(path)} alone`,
      'declare a secret of its own for it');
  }
  return given?.property ?? key;
}

/** The certificate with its chain: the operator makes no `tls.crt` itself where there are templates. */
const CHAIN = '{{ get .Secrets "certificate" }}{{ with get .Secrets "ca_chain" }}{{ "\\n" }}{{ join "\\n" . }}{{ else }}'
  + '{{ with get .Secrets "issuing_ca" }}{{ "\\n" }}{{ . }}{{ end }}{{ end }}';

/** The keys of a certificate that Vault issues, as Go templates. */
export const OF_CERTIFICATE: Readonly<Record<string, string>> = {
  'tls.crt': CHAIN,
  'tls.key': '{{ get .Secrets "private_key" }}',
  'ca.crt': '{{ get .Secrets "issuing_ca" }}',
};

function pki(options: VaultPkiOptions): EngineVariant {
  const { ttl, altNames, ipAddresses, uris, pkcs8 } = options;
  const mount = checked(options.mount, 'the mount');
  const role = checked(options.role, 'the role');
  const commonName = checked(options.commonName, 'the common name');
  if (options.renewBefore === undefined) throw invalid('nothing says when the certificate is renewed', 'give renewBefore');
  if (ttl !== undefined && ttl.toSeconds() <= options.renewBefore.toSeconds()) {
    throw invalid('the certificate would be renewed before it is made: renewBefore is not less than its ttl', 'give a shorter renewBefore');
  }
  const expiryOffset = oneUnit(options.renewBefore, 'renewBefore');
  const list = (entries: readonly string[] | undefined) => entries === undefined || entries.length === 0 ? undefined : [...entries];
  const spec = {
    mount,
    role,
    commonName,
    altNames: list(altNames),
    ipSans: list(ipAddresses),
    uriSans: list(uris),
    ttl: ttl && oneUnit(ttl, 'ttl'),
    expiryOffset,
    format: 'pem',
    privateKeyFormat: pkcs8 === true ? 'pkcs8' : undefined,
  };
  return {
    kind: 'VaultPKISecret',
    polls: false,
    request: ({ declaration, made }) => {
      if (declaration.type !== TLS) {
        throw unsupported(`the authority of Vault makes secrets of type ${JSON.stringify(TLS)}, and this one is of type ${JSON.stringify(declaration.type)}`,
          'declare it as a TlsSecret, or give it another delivery');
      }
      const templates = new Map(made);
      for (const key of declaration.values().keys()) {
        if (templates.has(key)) continue;
        if (!Object.hasOwn(OF_CERTIFICATE, key)) {
          throw unsupported(`of a certificate Vault makes the keys ${Object.keys(OF_CERTIFICATE).join(', ')}, and not ${JSON.stringify(key)}`, "leave it out, or make it in the delivery's templates");
        }
        templates.set(key, OF_CERTIFICATE[key]);
      }
      return { fields: new Map(), templates, composed: new Set(), parts: new Map(), spec };
    },
  };
}

function checked(text: string, what: string): string {
  if (typeof text === 'string' && text !== '' && !text.startsWith('/') && !text.endsWith('/')) return text;
  throw invalid(`${what} is ${typeof text === 'string' && text !== '' ? `${JSON.stringify(text)}, with a slash at an end` : 'empty'}`, 'write it as vault does, without a slash at either end');
}

const NO_KEYS = unsupported('the secret declares no key, so there is nothing to fetch', 'declare its keys, or give it another delivery');

function unsupported(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'UnsupportedByDelivery', message, next });
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidDelivery', message, next });
}
