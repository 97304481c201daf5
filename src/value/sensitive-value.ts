import { inspect } from 'node:util';
import type { Duration } from 'cdk8s';
import type { Alphabet } from './alphabet';
import { commandSource } from './command-source';
import type { Encoding } from './encoding';
import { type GeneratedValue, generatedText, generatedUuid } from './generated-value';
import { checkedRemoteRef, type RemoteRef } from './remote-ref';
import { FieldFormat, fieldSource, formatOfFile } from './value-field';
import {
  base64Source, deliverySource, environmentSource, fileSource, generatedSource, literalSource, remoteName, remoteSource,
  type ValueContext, type ValueOrigin, type ValueRecipe, type ValueSource,
} from './value-source';
import { templateSource } from './value-template';
import { SENSITIVE } from '../errors/marker';
import { SecretsError } from '../errors/secrets-error';

const BRAND = Symbol.for('cdk8s-secrets.SensitiveValue');

/**
 * Which field of a text that holds several values is the value.
 */
export interface FieldValueOptions {
  /**
   * The field that holds the value, where the text holds more: the names that lead to it with dots, `db.password`, indexes of lists among them,
   * `users.0.password`; or a JSON pointer, `/tls.crt/data`, where a name holds a dot. Of an env file the key.
   *
   * Texts are taken as they are, numbers and booleans as they are written. A field that is null, holds other fields, or is empty is refused.
   *
   * @default - the whole is the value
   * @see https://www.rfc-editor.org/rfc/rfc6901
   */
  readonly field?: string;

  /**
   * How the text that holds the field is written.
   *
   * @default - as the name of a file says: `.json`, `.yaml`, `.yml`, `.env`; FieldFormat.JSON for a variable and a command
   */
  readonly format?: FieldFormat;
}

/**
 * Options of `SensitiveValue.fromFile`.
 */
export interface FileValueOptions extends FieldValueOptions {
  /**
   * Leave out one newline (`\n` or `\r\n`) at the end of the file, or of its field, as editors, `echo` and `|` in YAML add it.
   *
   * @default false - the bytes of the file, verbatim
   */
  readonly trimNewline?: boolean;
}

/**
 * Options of `SensitiveValue.fromEnvironment`.
 */
export interface EnvironmentValueOptions extends FieldValueOptions {
  /**
   * Take a variable that is set to nothing; with a field, one that is empty. Pipelines set a variable to nothing where a secret is missing.
   *
   * @default false - an empty variable is refused like one that is not set
   */
  readonly allowEmpty?: boolean;
}

/**
 * Options of `SensitiveValue.fromCommand`.
 */
export interface CommandValueOptions extends FieldValueOptions {
  /**
   * Leave out one newline (`\n` or `\r\n`) at the end of what the program prints, or of its field.
   *
   * @default false - the bytes that it prints, verbatim
   */
  readonly trimNewline?: boolean;

  /**
   * How long the program may take, before it is killed.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Show what the program says on its standard error. It may hold a value.
   *
   * @default false
   */
  readonly showErrors?: boolean;
}

/**
 * What every generated value can be given.
 */
export interface GeneratedValueRotation {
  /**
   * Which of the values that there have been: another generation is another value. Count up by one to rotate it.
   *
   * With `SecretDelivery.external` the name of the Secret ends in it from 2 on.
   *
   * @default 1
   */
  readonly generation?: number;

  /**
   * Whether the value of the generation before is a key too, so that who checks it can take both for a while: `password` and `password-previous`. The
   * key is there from the first generation on, with a value that never was in use.
   *
   * @default false
   */
  readonly keepPrevious?: boolean;
}

/**
 * Options of `SensitiveValue.generated`.
 */
export interface GeneratedValueOptions extends GeneratedValueRotation {
  /**
   * How many characters it has, at most 4096. Fewer than 64 bits are refused: 11 letters and digits have 65.
   *
   * @default 32
   */
  readonly length?: number;

  /**
   * The characters that it is made of.
   *
   * @default Alphabet.alphanumeric()
   */
  readonly alphabet?: Alphabet;
}

/**
 * Options of `SensitiveValue.template`.
 */
export interface TemplateValueOptions {
  /**
   * How each value is written into the text.
   *
   * @default Encoding.none()
   */
  readonly encode?: Encoding;
}

/**
 * One secret text, or secret bytes, of one key.
 *
 * It says where the value comes from; the value itself is read when a manifest is made that needs it, and not before.
 * Printing, logging, serializing or interpolating one gives `[sensitive]`, and placing one, or that text, anywhere in a
 * manifest but in the data of a secret makes synth throw.
 */
export class SensitiveValue {
  /**
   * A text in the program, as UTF-8.
   *
   * Whoever reads the program reads the value: use it in examples and tests, or for what is no secret (a user name).
   *
   * @param text the value
   * @throws InvalidValue where it is no text, for example `process.env.UNSET`, or where another SensitiveValue was put into it
   */
  public static fromLiteral(text: string): SensitiveValue {
    return new SensitiveValue(literalSource(text));
  }

  /**
   * The bytes of a file, text or binary, as `kubectl create secret generic --from-file` takes them; or one field of a file of JSON, YAML or `KEY=value`.
   *
   * @param path the file; a relative path starts at the working directory of the process
   * @param options how to read it
   * @throws InvalidValueField; when the manifest is made FileUnreadable where the file is missing, a directory or not readable, and InvalidValueField,
   *   InvalidEnvFile where it has no such field
   */
  public static fromFile(path: string, options: FileValueOptions = {}): SensitiveValue {
    const { field, trimNewline = false } = options;
    const source = fileSource(path, trimNewline && field === undefined);
    return new SensitiveValue(fieldSource(source, options, formatOfFile(path)));
  }

  /**
   * An environment variable of the process that makes the manifest; or one field of a variable that holds JSON, YAML or lines `KEY=value`.
   *
   * @param name the name of the variable
   * @param options how to read it
   * @throws InvalidValueField; when the manifest is made EnvironmentVariableUnset where the variable is not set, or empty, and InvalidValueField,
   *   InvalidEnvFile where it has no such field
   */
  public static fromEnvironment(name: string, options: EnvironmentValueOptions = {}): SensitiveValue {
    const source = environmentSource(name, options.field === undefined && (options.allowEmpty ?? false));
    return new SensitiveValue(fieldSource(source, { ...options, allowEmpty: options.allowEmpty ?? false }, FieldFormat.JSON));
  }

  /**
   * What a program prints, as that of a password manager: `SensitiveValue.fromCommand(['op', 'read', 'op://dev/db/password'], { trimNewline: true })`.
   *
   * The program is run when a manifest is made that needs the value, and once: keep the object, and it is run once for all secrets that have it. It gets
   * the environment of this process and no standard input; no shell is between. Its arguments, and what it prints, are in no message.
   *
   * @param argv the program and its arguments, each a text of its own; every list of processes shows them, so no value may be among them
   * @param options how to run it, and what of its output is the value
   * @throws InvalidCommand, InvalidValueField; when the manifest is made CommandFailed where the program cannot be run, fails, takes too long or prints
   *   nothing, and InvalidValueField where there is no such field
   */
  public static fromCommand(argv: string[], options: CommandValueOptions = {}): SensitiveValue {
    const { field, trimNewline = false } = options;
    const source = commandSource(argv, { ...options, trimNewline: trimNewline && field === undefined });
    return new SensitiveValue(fieldSource(source, options, FieldFormat.JSON));
  }

  /**
   * Bytes given in base64, as manifests hold them: the standard alphabet with padding; line breaks are ignored.
   *
   * @param text the value in base64
   * @throws InvalidBase64
   */
  public static fromBase64(text: string): SensitiveValue {
    return new SensitiveValue(base64Source(text));
  }

  /**
   * A value that the cluster fetches from a store of secrets; this program never sees it.
   *
   * Only deliveries that let the cluster fetch values can use it, such as `SecretDelivery.external`, `.vault` and `.csi`.
   *
   * @param ref the entry of the store, and which property of it
   * @throws InvalidExternalSecret; when the manifest is made RemoteValue, with a delivery that needs the value
   */
  public static fromRemote(ref: RemoteRef): SensitiveValue {
    return new SensitiveValue(remoteSource(checkedRemoteRef(ref)));
  }

  /**
   * A value of which this program says nothing: the delivery makes it, or finds it by its naming convention.
   *
   * With a delivery that needs the value it is an error.
   *
   * @throws RemoteValue when the manifest is made, with a delivery that needs the value
   */
  public static fromDelivery(): SensitiveValue {
    return new SensitiveValue(deliverySource());
  }

  /**
   * A text that nobody has to think of or to write down: a password, a token.
   *
   * The deliveries that write values (`manifest`, `sealed`, `sops`) derive it from their determinism key, the namespace and name of the secret, the key and the generation: every machine that
   * has the determinism key makes the same, and nothing is stored. `SecretDelivery.external` has the operator make it once, `cdk8s-secrets create` makes it
   * for `SecretDelivery.existing`.
   *
   * Keep the object, and it is one value: in a template beside its own key, and in other secrets of the app. It is that of the key it was first declared as.
   *
   * @param options how it looks, and how it is rotated
   * @throws InvalidGeneratedValue; when the manifest is made MissingDeterminismKey, InvalidDeterminismKey
   */
  public static generated(options: GeneratedValueOptions = {}): SensitiveValue {
    return new SensitiveValue(generatedSource(generatedText(options.length, options.alphabet, options)));
  }

  /**
   * A random UUID (version 4), made like `generated`.
   *
   * @param options how it is rotated
   * @throws InvalidGeneratedValue; when the manifest is made MissingDeterminismKey, InvalidDeterminismKey
   */
  public static generatedUuid(options: GeneratedValueRotation = {}): SensitiveValue {
    return new SensitiveValue(generatedSource(generatedUuid(options)));
  }

  /**
   * A text that is made of other values: `{name}` stands for one of them, `{{` and `}}` for braces. The text itself is no secret.
   *
   * It is computed by the deliveries that write values, and made by the operator with `SecretDelivery.external` and `SecretDelivery.vault`, the same to the last byte. There each
   * part must be a remote one, a generated one, a literal that everybody may know, or the value of a key of the same secret.
   *
   * @param text the text, for example `postgres://{user}:{password}@db:5432/app`
   * @param values the values, by the names that stand in the text
   * @param options how they are written into it
   * @throws InvalidValueTemplate where a name is unknown, a value is not used or a brace belongs to nothing; InvalidValue; when the manifest is made also what
   *   reading the values throws, UnsupportedByDelivery, InvalidExternalSecret
   */
  public static template(text: string, values: { [name: string]: SensitiveValue }, options: TemplateValueOptions = {}): SensitiveValue {
    for (const [name, value] of Object.entries(values ?? {})) {
      if (SensitiveValue.isSensitiveValue(value)) continue;
      throw new SecretsError({
        code: 'InvalidValue',
        message: `the value ${JSON.stringify(name)} of a template is ${value === undefined ? 'undefined' : 'no SensitiveValue'}`,
        next: 'wrap it: SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral',
      });
    }
    return new SensitiveValue(templateSource(text, values ?? {}, options.encode));
  }

  /**
   * Whether something is a `SensitiveValue`, also one of another copy of this library.
   *
   * @param x anything
   */
  public static isSensitiveValue(x: any): boolean {
    return typeof x === 'object' && x !== null && BRAND in x;
  }

  /**
   * A value that is computed from others when it is read.
   *
   * @internal
   */
  public static _derived(source: ValueSource, isPublic = false): SensitiveValue {
    return new SensitiveValue(source, isPublic);
  }

  readonly #source: ValueSource;
  readonly #isPublic: boolean;

  private constructor(source: ValueSource, isPublic = false) {
    this.#source = source;
    this.#isPublic = isPublic;
    // Not frozen: jsii puts a hidden mark on every object that goes to Python, Java or Go.
    Object.defineProperty(this, BRAND, { value: true });
  }

  /**
   * The same value, as one that everybody may know: a user name, a host, a certificate. It is delivered like any other, and may also
   * stand elsewhere in a manifest; no leak is searched for.
   *
   * Values that are public by their key or their type need no such word: `username`, `host`, `region`, `tls.crt` and the like.
   *
   * @throws InvalidValue where it is generated, or made of what is
   */
  public asPublic(): SensitiveValue {
    if (this._holdsGenerated) {
      throw new SecretsError({
        code: 'InvalidValue',
        message: `a ${this.#source.description} ${this.#source.generated === undefined ? 'holds a value that is generated' : 'is made'} so that nobody knows it`,
        next: 'leave asPublic out, or take a value that everybody may know from another place',
      });
    }
    return new SensitiveValue(this.#source, true);
  }

  /**
   * The same value, which in another environment is in a store: deliveries that let the cluster fetch values, such as `SecretDelivery.external`, `.vault` and `.csi`, fetch
   * that entry, every other one has the value from here. So one declaration serves both, without an `if`.
   *
   * @param ref the entry of the store, and which property of it
   * @throws InvalidExternalSecret; InvalidValue where it is a remote one already
   */
  public orRemote(ref: RemoteRef): SensitiveValue {
    if (this.#source.remote !== undefined) {
      throw new SecretsError({
        code: 'InvalidValue',
        message: `a value has one place in a store, and this one has ${remoteName(this.#source.remote)}`,
        next: 'keep one of the two',
      });
    }
    return new SensitiveValue({ ...this.#source, remote: checkedRemoteRef(ref) }, this.#isPublic);
  }

  /**
   * Whether everybody may know the value.
   *
   * @internal
   */
  public get _isPublic(): boolean {
    return this.#isPublic;
  }

  /**
   * Where the value comes from, without anything of the value: `file "db.txt"`.
   *
   * @internal
   */
  public get _description(): string {
    return this.#source.description;
  }

  /**
   * The file or the environment variable that holds the value, where it is one.
   *
   * @internal
   */
  public get _origin(): ValueOrigin | undefined {
    return this.#source.origin;
  }

  /**
   * The entry of a store that holds the value, where it is a remote one.
   *
   * @internal
   */
  public get _remote(): RemoteRef | undefined {
    return this.#source.remote;
  }

  /**
   * Whether the value stands in the program.
   *
   * @internal
   */
  public get _isLiteral(): boolean {
    return this.#source.isLiteral === true;
  }

  /**
   * How the value is made of others, where it is.
   *
   * @internal
   */
  public get _recipe(): ValueRecipe | undefined {
    return this.#source.recipe;
  }

  /**
   * How the value is made, where it is generated.
   *
   * @internal
   */
  public get _generated(): GeneratedValue | undefined {
    return this.#source.generated;
  }

  /**
   * Whether the value, or one that it is made of, is generated, and not the public half of a pair.
   *
   * @internal
   */
  public get _holdsGenerated(): boolean {
    const { generated, recipe } = this.#source;
    return (generated !== undefined && !this.#isPublic) || Object.values(recipe?.parts ?? {}).some(part => part._holdsGenerated);
  }

  /**
   * Whether another program is run to have the value, or one that it is made of.
   *
   * @internal
   */
  public get _runsProgram(): boolean {
    return this.#source.runsProgram === true || Object.values(this.#source.recipe?.parts ?? {}).some(part => part._runsProgram);
  }

  /**
   * Reads the value.
   *
   * @param context what it is read for
   *
   * @internal
   */
  public _read(context?: ValueContext): Buffer {
    return this.#source.read(context);
  }

  /**
   * `[sensitive]`, never the value.
   */
  public toString(): string {
    return SENSITIVE;
  }

  /**
   * `[sensitive]`, never the value.
   */
  public toJSON(): any {
    return SENSITIVE;
  }

  /**
   * `[sensitive]`, never the value.
   *
   * @internal
   */
  public [inspect.custom](): string {
    return SENSITIVE;
  }
}
