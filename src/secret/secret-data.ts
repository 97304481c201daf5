import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { quoteList } from '../errors/suggest';
import { keyPairProblem } from '../kubernetes/key-pair';
import { dataKey } from '../kubernetes/keys';
import { missingKeys } from '../kubernetes/required-keys';
import * as types from '../kubernetes/secret-types';
import type { PlainText } from '../value/plain-text';
import { SensitiveValue } from '../value/sensitive-value';

/** Keys that cdk8s can not render: it copies maps into plain objects, where these two mean something else. */
const UNRENDERABLE = ['__proto__', 'constructor'];

/** The keys and values of one declared secret: copied in, sorted, and read at most once. */
export class SecretData {
  readonly #type: string;
  readonly #values = new Map<string, SensitiveValue>();
  #bytes?: ReadonlyMap<string, Buffer>;

  constructor(type: string) {
    this.#type = type;
  }

  /** Adds one key. What is wrong with it is thrown without a construct's path; the caller knows it. */
  public add(key: string, value: SensitiveValue | PlainText): void {
    const wrong = UNRENDERABLE.includes(key) ? ['cdk8s can not render it'] : dataKey(key);
    if (wrong.length > 0) {
      throw new SecretsError({
        code: 'InvalidKey',
        message: `${JSON.stringify(key)} can be no key of a secret: ${wrong.join(', ')}`,
        next: "use letters, digits, '-', '_' and '.'; a binding can give the file or variable another name",
      });
    }
    if (!SensitiveValue.isSensitiveValue(value)) {
      throw new SecretsError({
        code: 'InvalidValue',
        message: `the value of key ${JSON.stringify(key)} is ${value === undefined ? 'undefined' : 'no SensitiveValue'}`,
        next: 'wrap it: SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral',
      });
    }
    if (this.#values.has(key)) {
      throw new SecretsError({
        code: 'DuplicateKey',
        message: `the key ${JSON.stringify(key)} is already declared`,
        next: 'declare each key once',
      });
    }
    this.#values.set(key, value as SensitiveValue);
    this.#bytes = undefined;
  }

  /** The keys, sorted. */
  public keys(): string[] {
    return [...this.#values.keys()].sort();
  }

  /** Where each value comes from, by key, sorted. */
  public values(): ReadonlyMap<string, SensitiveValue> {
    return new Map(this.keys().map(key => [key, this.#values.get(key)!]));
  }

  /** The bytes of every value, by key, sorted. */
  public read(): ReadonlyMap<string, Buffer> {
    const [problem] = this.problems();
    if (problem !== undefined) throw new SecretsError(problem);
    return this.#bytes!;
  }

  /** Reads every value that was not read before, and says what is wrong with them. */
  public problems(): Problem[] {
    if (this.#bytes !== undefined) return [];
    const missing = missingKeys(this.#type, new Set(this.#values.keys()));
    if (missing.length > 0) return [missingKeyProblem(this.#type, missing)];
    const bytes = new Map<string, Buffer>();
    // what keeps several keys from being read, as a file that all are in, is said once
    const failures = new Map<string, { readonly error: SecretsError; readonly keys: string[] }>();
    for (const [key, value] of this.values()) {
      try {
        bytes.set(key, value._read());
      } catch (error) {
        if (!(error instanceof SecretsError)) throw error;
        const failure = failures.get(error.message);
        if (failure === undefined) failures.set(error.message, { error, keys: [key] });
        else failure.keys.push(key);
      }
    }
    if (failures.size > 0) {
      return [...failures.values()].map(({ error, keys }) => error.about(`key${keys.length > 1 ? 's' : ''} ${quoteList(keys)}`));
    }
    const problem = sizeProblem(bytes) ?? typeProblem(this.#type, bytes);
    if (problem !== undefined) return [problem];
    this.#bytes = bytes;
    return [];
  }
}

function missingKeyProblem(type: string, missing: string[]): Problem {
  return {
    code: 'MissingKey',
    message: `a secret of type ${JSON.stringify(type)} needs the key ${missing.map(key => JSON.stringify(key)).join(' or ')}`,
    next: 'add it, or use the construct of that type, which knows its keys',
  };
}

function sizeProblem(bytes: ReadonlyMap<string, Buffer>): Problem | undefined {
  let size = 0;
  for (const value of bytes.values()) size += value.length;
  return size <= types.MAX_SECRET_SIZE ? undefined : {
    code: 'SecretTooLarge',
    message: `the values have ${size} bytes together, more than the ${types.MAX_SECRET_SIZE} that one secret may have`,
    next: 'split it, or keep the large file elsewhere and only its credentials here',
  };
}

/** What the API server, or the program that uses a secret of this type, would have against the values. */
function typeProblem(type: string, bytes: ReadonlyMap<string, Buffer>): Problem | undefined {
  switch (type) {
    case types.TLS: {
      const wrong = keyPairProblem(bytes.get('tls.crt')!, bytes.get('tls.key')!);
      return wrong === undefined ? undefined : {
        code: 'InvalidCertificate',
        message: wrong,
        next: 'give the certificate (its chain after it) and the private key that it was made for, both PEM',
      };
    }
    case types.SSH_AUTH:
      return bytes.get('ssh-privatekey')!.length > 0 ? undefined : {
        code: 'MissingKey',
        message: 'the value of key "ssh-privatekey" is empty',
        next: 'give the private key',
      };
    case types.DOCKER_CONFIG_JSON: return dockerConfigProblem('.dockerconfigjson', bytes);
    case types.DOCKER_CFG: return dockerConfigProblem('.dockercfg', bytes);
    default: return undefined;
  }
}

function dockerConfigProblem(key: string, bytes: ReadonlyMap<string, Buffer>): Problem | undefined {
  let config: unknown;
  try {
    config = JSON.parse(bytes.get(key)!.toString('utf8'));
  } catch {
    // the parser's message quotes the text
  }
  return typeof config === 'object' && config !== null && !Array.isArray(config) ? undefined : {
    code: 'InvalidDockerConfig',
    message: `the value of key ${JSON.stringify(key)} is no JSON object`,
    next: 'give the content of a docker config.json, or use DockerConfigSecret with host, user name and password',
  };
}
