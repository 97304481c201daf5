import type { GeneratedValue } from './generated-value';
import type { RemoteRef } from './remote-ref';
import type { SensitiveValue } from './sensitive-value';
import { MAX_FILE_BYTES, NOT_REGULAR, readRegularFile, TOO_LARGE } from '../document/regular-file';
import { sensitiveMarkers } from '../errors/marker';
import { SecretsError } from '../errors/secrets-error';
import { noteValue, shownName } from '../errors/shown-name';
import { decodeBase64, illegalBase64Byte } from '../kubernetes/base64';

/** What a command can take a value from, without this program. */
export interface ValueOrigin {
  readonly file?: string;
  readonly variable?: string;
  /** Whether the variable may be set to nothing. */
  readonly allowsEmpty?: boolean;
  /** Whether one newline at the end of the file is no part of the value. */
  readonly trimsNewline?: boolean;
  /** An env file, and the key in it. */
  readonly envFile?: string;
  readonly envKey?: string;
  /** The user names and passwords of a docker config. */
  readonly registries?: readonly RegistryOrigin[];
  /** What a command makes of random bytes. */
  readonly random?: RandomOrigin;
}

/** A value that a command makes anew: a text of an alphabet, or a UUID. */
export interface RandomOrigin {
  readonly characters?: string;
  readonly length?: number;
  readonly uuid?: boolean;
  /** Which value it is, where several keys have the same: it is made once. */
  readonly sharedAs?: string;
}

/** What the credentials of one registry are made of. */
export interface RegistryOrigin {
  readonly server: string;
  readonly username?: ValueOrigin;
  readonly password?: ValueOrigin;
  readonly email?: string;
}

/** What a value is read for. */
export interface ValueContext {
  /** The bytes of a value that is generated. */
  generate(value: GeneratedValue): Buffer;
}

/** Where the bytes of one sensitive value come from. Nothing is read before `read`. */
export interface ValueSource {
  /** What the source is, without anything of the value: `file "db.txt"`. */
  readonly description: string;
  /** The file or the environment variable that holds the value, where one does. */
  readonly origin?: ValueOrigin;
  /** Whether it stands in the program. */
  readonly isLiteral?: boolean;
  /** Whether another program is run to have it. */
  readonly runsProgram?: boolean;
  /** Where the value is for a cluster that fetches it: an entry of a store. */
  readonly remote?: RemoteRef;
  /** How the value can be made of others by the External Secrets operator. */
  readonly recipe?: ValueRecipe;
  /** How the value is made, where nobody writes it down. The same object is the same value. */
  readonly generated?: GeneratedValue;
  /** The bytes, read anew with each call. Without a context no value can be generated. */
  read(context?: ValueContext): Buffer;
}

/** A value that is made of other values. */
export interface ValueRecipe {
  /** The other values, by name: letters, digits and `_`. */
  readonly parts: Readonly<Record<string, SensitiveValue>>;
  /** Whether the value may also be in a store as a whole, where none of its parts is. */
  readonly isWholeElse?: boolean;
  /** A Go template of the value, given how it names each part: `.password`. */
  template(operands: Readonly<Record<string, string>>): string;
  /** The same as an operand of another template. */
  operand?(operands: Readonly<Record<string, string>>): string;
}

/** How messages name an entry of a store: `"db#password"`. */
export function remoteName(ref: RemoteRef): string {
  return JSON.stringify(ref.property === undefined ? ref.key : `${ref.key}#${ref.property}`);
}

export function remoteSource(ref: RemoteRef): ValueSource {
  const description = `remote ${remoteName(ref)}`;
  return {
    description,
    remote: ref,
    read: () => {
      throw new SecretsError({
        code: 'RemoteValue',
        message: `${description} is in a store that only the cluster can read`,
        next: 'choose a delivery that lets the cluster fetch it, SecretDelivery.external or .csi, or give this environment a value of its own',
      });
    },
  };
}

/** A value that only the delivery of its secret knows. */
export function deliverySource(): ValueSource {
  return {
    description: 'its delivery',
    read: () => {
      throw new SecretsError({
        code: 'RemoteValue',
        message: 'this program says no value: the delivery is to make it, or to find it',
        next: 'choose a delivery that does, like SecretDelivery.certificate or .external, or give this environment a value of its own',
      });
    },
  };
}

export function generatedSource(value: GeneratedValue): ValueSource {
  const description = `generated ${value.noun}${value.generation > 1 ? `, generation ${value.generation}` : ''}`;
  return {
    description,
    generated: value,
    origin: value.origin,
    read: context => {
      if (context !== undefined) return context.generate(value);
      throw new SecretsError({
        code: 'InvalidValue',
        message: `a ${description} is made for the key of a secret, and here is none`,
        next: 'declare it as the value of a key, or take this value from another place',
      });
    },
  };
}

export function literalSource(text: string): ValueSource {
  if (typeof text !== 'string') {
    throw new SecretsError({
      code: 'InvalidValue',
      message: `a literal value must be a text, not ${text === null ? 'null' : typeof text}`,
      next: 'give a text; for a variable of the environment use SensitiveValue.fromEnvironment',
    });
  }
  const marker = sensitiveMarkers().find(printed => text.includes(printed));
  if (marker !== undefined) {
    throw new SecretsError({
      code: 'InvalidValue',
      message: `the text holds ${JSON.stringify(marker)}, which is what another SensitiveValue becomes in a text, and not its value`,
      next: 'take the whole text from one place, for example with SensitiveValue.fromEnvironment',
    });
  }
  noteValue(text);
  return { description: 'literal', isLiteral: true, read: () => Buffer.from(text, 'utf8') };
}

export function base64Source(text: string): ValueSource {
  const illegal = typeof text === 'string' ? illegalBase64Byte(text) : 0;
  if (illegal !== undefined) {
    throw new SecretsError({
      code: 'InvalidBase64',
      message: `illegal base64 data at input byte ${illegal}`,
      next: 'give standard base64 with padding, or the plain text to SensitiveValue.fromLiteral',
    });
  }
  return { description: 'base64', isLiteral: true, read: () => decodeBase64(text)! };
}

/** What variables are called everywhere. */
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/;

export function environmentSource(name: string, allowEmpty: boolean): ValueSource {
  if (typeof name !== 'string' || name === '') {
    throw new SecretsError({
      code: 'InvalidValue',
      message: 'the name of an environment variable must be a text that is not empty',
      next: "give its name, as in SensitiveValue.fromEnvironment('DB_PASSWORD')",
    });
  }
  const description = `environment variable ${shownName(name, VARIABLE_NAME)}`;
  return {
    description,
    origin: { variable: name, ...allowEmpty ? { allowsEmpty: true } : {} },
    read: () => {
      const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
      if (text === undefined || (text === '' && !allowEmpty)) {
        throw new SecretsError({
          code: 'EnvironmentVariableUnset',
          message: `${description} is ${text === undefined ? 'not set' : 'empty'}`,
          next: text === undefined ? 'set it where the manifest is made, or choose a delivery that does not need the value'
            : 'set it, or say allowEmpty where an empty value is meant',
        });
      }
      return Buffer.from(text, 'utf8');
    },
  };
}

const FILE_PROBLEMS: Record<string, string> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be read by this user',
  [NOT_REGULAR]: 'is no regular file (a device, a pipe or a socket may have no end)',
  [TOO_LARGE]: `has more than ${MAX_FILE_BYTES} bytes`,
  ENOTDIR: 'does not exist (a part of its path is no directory)',
};

/** The bytes of a file, with a refusal that names the path and why, and nothing else. */
export function readFileBytes(path: string, noun = 'file'): Buffer {
  try {
    return readRegularFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new SecretsError({
      code: 'FileUnreadable',
      message: `${noun} ${shownName(path)} ${FILE_PROBLEMS[reason] ?? `cannot be read (${reason})`}`,
      next: nextStepFor(path),
    });
  }
}

/** The home directory is the shell's abbreviation: programs see it as the name of a folder. */
function nextStepFor(path: string): string {
  if (path === '~' || path.startsWith('~/')) {
    return "'~' is an abbreviation of the shell, and here the name of a folder; write join(homedir(), 'secrets/…') with homedir of node:os, or the whole path";
  }
  return `check the path; a relative one starts at the working directory ${JSON.stringify(process.cwd())}`;
}

export function fileSource(path: string, trimNewline: boolean): ValueSource {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw new SecretsError({
      code: 'FileUnreadable',
      message: 'the path of a file must be a text that is not empty',
      next: "give its path, as in SensitiveValue.fromFile('db-password.txt')",
    });
  }
  return {
    description: `file ${shownName(path)}`,
    origin: { file: path, trimsNewline: trimNewline },
    read: () => {
      const bytes = readFileBytes(path);
      return trimNewline ? withoutFinalNewline(bytes) : bytes;
    },
  };
}

/** The bytes without one final `\n` or `\r\n`. */
export function withoutFinalNewline(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}
