import type { StackWarning } from './stack-file';
import { YamlNode, YamlRefused, type YamlEntry } from '../document/yaml-node';
import { SecretsError } from '../errors/secrets-error';
import { closest } from '../errors/suggest';

/** Longest stack or environment file, in characters. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Reads the fields of one YAML file as Go decodes them into structs of strings, and refuses what Go refuses.
 *
 * Messages hold the file, lines and keys, never a value. Nor a key that substitution has made: it could be one.
 */
export class StackDecoder {
  public readonly warnings: StackWarning[] = [];
  /** The words of the file, where substitution has changed its text. */
  private words?: ReadonlySet<string>;

  /**
   * @param file the file's name as messages show it
   * @param original the text as it is in the file, before substitution
   */
  constructor(private readonly file: string, private readonly original: string) {
    if (original.length > MAX_LENGTH) throw this.refuse(1, `the file has more than ${MAX_LENGTH} characters`);
  }

  /** The root of a document. */
  public parse(text: string): YamlNode {
    if (text !== this.original) this.words = new Set(this.original.split(/[^\w.-]+/));
    return this.reading(() => YamlNode.parse(text));
  }

  /** The entries of a mapping by key. A key that is not known is one that faas-cli would pass over in silence: a warning. */
  public fields(node: YamlNode, where: string, known: readonly string[]): Map<string, YamlEntry> {
    const fields = new Map(this.entries(node, where).map(entry => [entry.key, entry]));
    for (const { key, line } of fields.values()) {
      if (!known.includes(key)) this.warnings.push({ code: 'UnknownStackKey', line, message: this.unknownKey(key, where, known) });
    }
    return fields;
  }

  public entries(node: YamlNode, where: string): YamlEntry[] {
    return this.reading(() => node.entries) ?? this.fail(node.line, `${where || 'the file'} must be a mapping`);
  }

  public text(entry: YamlEntry | undefined, where: string): string {
    if (entry === undefined) return '';
    return this.reading(() => entry.value.text) ?? this.fail(entry.value.line, `${this.path(where, entry.key)} must be one text`);
  }

  public flag(entry: YamlEntry | undefined, where: string): boolean {
    if (entry === undefined) return false;
    return this.reading(() => entry.value.flag) ?? this.fail(entry.value.line, `${this.path(where, entry.key)} must be true or false`);
  }

  /** Items without a value are left out. */
  public texts(entry: YamlEntry | undefined, where: string): string[] {
    if (entry === undefined) return [];
    const path = this.path(where, entry.key);
    const items = this.reading(() => entry.value.items) ?? this.fail(entry.value.line, `${path} must be a list`);
    return items.filter(item => !item.isNull).map(item => this.reading(() => item.text) ?? this.fail(item.line, `${path} must be a list of texts`));
  }

  public textMap(entry: YamlEntry | undefined, where: string): Record<string, string> {
    if (entry === undefined) return {};
    const path = this.path(where, entry.key);
    return Object.fromEntries(this.entries(entry.value, path).map(item => [item.key, this.text(item, path)]));
  }

  /** `where.key`, without the key where it is not one of the file's own. */
  public path(where: string, key: string): string {
    const name = this.words === undefined || this.words.has(key) ? key : '(a substituted name)';
    return where === '' ? name : `${where}.${name}`;
  }

  public fail(line: number, reason: string): never {
    throw this.refuse(line, reason);
  }

  private refuse(line: number, reason: string): SecretsError {
    return new SecretsError({
      code: 'InvalidStackFile',
      message: `${JSON.stringify(this.file)} line ${line}: ${reason}`,
      next: 'correct the file; `faas-cli generate -f` refuses it too',
    });
  }

  /** Node by node, YAML is checked while it is read. */
  private reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof YamlRefused ? this.refuse(error.line, error.message) : error;
    }
  }

  private unknownKey(key: string, where: string, known: readonly string[]): string {
    const path = this.path(where, key);
    const near = closest(key, known);
    return `unknown key ${path} is ignored, as faas-cli does${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`;
  }
}
