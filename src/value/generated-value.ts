import { Alphabet } from './alphabet';
import type { ValueOrigin } from './value-source';
import { SecretsError } from '../errors/secrets-error';

/** Bytes that look random to whoever has not the key that they are derived from. */
export interface ByteStream {
  /** The next bytes. */
  take(count: number): Buffer;
}

/** A value that nobody writes down: whoever has a secret key derives it, or an operator makes it in the cluster. */
export interface GeneratedValue {
  /** What it is, in words: `password of 32 characters`. */
  readonly noun: string;
  /** Which of the values that there have been, counted from 1. 0 is one that never was in use. */
  readonly generation: number;
  /** Whether the value of the generation before is a key too. */
  readonly keepsPrevious: boolean;
  /** Whether it is kept beside the one that it was before. */
  readonly isPrevious?: boolean;
  /** What several values are parts of, as the private and the public half of a pair: it is what has a place, and from which the bytes come. */
  readonly root?: GeneratedValue;
  /** What stands for the key of the secret, where several keys hold parts of it. */
  readonly pairName?: string;
  /** What a value depends on besides its place and its generation. */
  readonly shape: string;
  /** The generator of the External Secrets operator that makes such values, where one does. */
  readonly generator?: OperatorGenerator;
  /** What else makes such a value in a cluster, where no generator does: what to do, in words. */
  readonly otherwise?: string;
  /** How a command makes one. */
  readonly origin?: ValueOrigin;
  /** The value that such bytes make. */
  make(bytes: ByteStream): Buffer;
}

/** A generator of the External Secrets operator. */
export interface OperatorGenerator {
  readonly kind: string;
  /** The key under which it gives what it makes. */
  readonly output: string;
  /** The keys of the other parts of a pair, which it makes with it. */
  readonly besides?: readonly string[];
  readonly spec: object;
}

/** The key of the value of the generation before. */
export function previousKey(key: string): string {
  return `${key}-previous`;
}

/** The value of the generation before, which belongs wherever that value does. */
export function previousOf(value: GeneratedValue): GeneratedValue {
  return { ...value, generation: value.generation - 1, keepsPrevious: false, isPrevious: true, origin: undefined, root: value.root ?? value };
}

/** How a generated value changes. */
interface Rotation {
  readonly generation?: number;
  readonly keepPrevious?: boolean;
}

const DEFAULT_LENGTH = 32;
const MAX_LENGTH = 4096;
/** What cannot be guessed even by whoever can try a million times a second for a thousand years. */
const MIN_BITS = 64;

/** A text of a length, every character of which is drawn from an alphabet. */
export function generatedText(
  length: number = DEFAULT_LENGTH, alphabet: Alphabet = Alphabet.alphanumeric(), rotation: Rotation = {},
): GeneratedValue {
  const characters = alphabet?._characters;
  if (typeof characters !== 'string') throw invalid('the alphabet is none', 'give one: Alphabet.urlSafe(), .alphanumeric(), … or .of');
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH) {
    throw invalid(`the length must be a whole number from 1 to ${MAX_LENGTH}`, `leave it out for ${DEFAULT_LENGTH}`);
  }
  const bits = length * Math.log2(characters.length);
  if (bits < MIN_BITS) {
    throw invalid(
      `${length} characters of ${characters.length} have ${Math.floor(bits)} bits, and whoever can try often enough guesses less than ${MIN_BITS}`,
      `make it ${Math.ceil(MIN_BITS / Math.log2(characters.length))} characters or longer`,
    );
  }
  return {
    ...checkedRotation(rotation),
    noun: `text of ${length} characters`,
    shape: `text\0${length}\0${characters}`,
    make: bytes => Buffer.from(textOf(bytes, length, characters), 'latin1'),
    // Every character is a symbol: so the operator, too, draws all of them from the whole alphabet.
    generator: {
      kind: 'Password',
      output: 'password',
      spec: { length, digits: 0, symbols: length, symbolCharacters: characters, noUpper: false, allowRepeat: true, encoding: 'raw' },
    },
    origin: { random: { characters, length } },
  };
}

/** A random UUID, version 4. */
export function generatedUuid(rotation: Rotation = {}): GeneratedValue {
  return {
    ...checkedRotation(rotation),
    noun: 'UUID',
    shape: 'uuid',
    make: bytes => Buffer.from(uuidOf(bytes), 'latin1'),
    generator: { kind: 'UUID', output: 'uuid', spec: {} },
    origin: { random: { uuid: true } },
  };
}

/** The rotation, checked. */
export function checkedRotation({ generation = 1, keepPrevious = false }: Rotation): Pick<GeneratedValue, 'generation' | 'keepsPrevious'> {
  if (!Number.isInteger(generation) || generation < 1 || generation > 0x7fffffff) {
    throw invalid('the generation must be a whole number, 1 for the first', 'count up by one when the value is to change');
  }
  return { generation, keepsPrevious: keepPrevious === true };
}

/** The name of what several values are parts of, checked. */
export function checkedPairName(name: string, noun: string, example: string): string {
  if (typeof name === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) return name;
  throw invalid(`${noun} has no name, or none that is one`, `give it one of letters, digits, '-', '_' and '.', as in ${example}`);
}

/** Characters that are all equally likely: bytes that would make the first ones likelier are left out. */
function textOf(bytes: ByteStream, length: number, characters: string): string {
  const end = 256 - 256 % characters.length;
  let text = '';
  while (text.length < length) {
    for (const byte of bytes.take(length - text.length)) {
      if (byte < end) text += characters[byte % characters.length];
    }
  }
  return text;
}

function uuidOf(stream: ByteStream): string {
  const bytes = Buffer.from(stream.take(16));
  bytes[6] = 0x40 + bytes[6] % 16;
  bytes[8] = 0x80 + bytes[8] % 64;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidGeneratedValue', message, next });
}
