import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { quoteList } from '../errors/suggest';
import { dataKey } from '../kubernetes/keys';
import { brokenValue, missingKeyProblem, missingKeys, refusedValue, sizeProblem } from '../kubernetes/secret-types';
import type { PlainText } from '../value/plain-text';
import { SensitiveValue } from '../value/sensitive-value';
import type { ValueContext } from '../value/value-source';

/** Keys that cdk8s can not render: it copies maps into plain objects, where these two mean something else. */
const UNRENDERABLE = ['__proto__', 'constructor'];

/** The keys and values of one declared secret: copied in, sorted, and read at most once. */
export class SecretData {
  readonly #type: string;
  readonly #context?: ValueContext;
  readonly #values = new Map<string, SensitiveValue>();
  #bytes?: ReadonlyMap<string, Buffer>;

  constructor(type: string, context?: ValueContext) {
    this.#type = type;
    this.#context = context;
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

  /** The bytes of one value; no other is read. */
  public readOne(key: string): Buffer {
    return this.#bytes?.get(key) ?? this.#values.get(key)!._read(this.#context);
  }

  /** The bytes that every value has in another context, by key, sorted; nothing of it is kept. */
  public readWith(context: ValueContext): ReadonlyMap<string, Buffer> {
    return new Map([...this.values()].map(([key, value]) => [key, value._read(context)]));
  }

  /** Reads every value that was not read before, and says what is wrong with them. */
  public problems(): Problem[] {
    if (this.#bytes !== undefined) return [];
    const missing = missingKeyProblem(this.#type, missingKeys(this.#type, new Set(this.#values.keys())));
    if (missing !== undefined) return [missing];
    const bytes = new Map<string, Buffer>();
    // what keeps several keys from being read, as a file that all are in, is said once
    const failures = new Map<string, { readonly error: SecretsError; readonly keys: string[] }>();
    for (const [key, value] of this.values()) {
      try {
        bytes.set(key, value._read(this.#context));
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
    const values = (key: string) => bytes.get(key)!;
    const size = [...bytes.values()].reduce((sum, value) => sum + value.length, 0);
    const problem = sizeProblem(size) ?? refusedValue(this.#type, values) ?? brokenValue(this.#type, values);
    if (problem !== undefined) return [{ code: problem.code, message: problem.message, next: problem.next }];
    this.#bytes = bytes;
    return [];
  }
}
