import { SecretsError } from '../errors/secrets-error';

/** Why a text cannot be read, and where in it. The reason quotes nothing of the text. */
export class Unreadable extends Error {
  constructor(public readonly reason: string, public readonly offset: number, public readonly next = 'correct the text there') {
    super(reason);
  }
}

/** The error that says it, with its parts. */
export class UnreadableManifest extends SecretsError {
  /** Whether the text looks like a template that was not rendered. */
  public template = false;

  constructor(public readonly reason: string, next: string, public readonly file?: string, public readonly line?: number) {
    const where = [file === undefined ? [] : [JSON.stringify(file)], line === undefined ? [] : [`line ${line}`]].flat().join(', ');
    super({ code: 'UnreadableManifest', message: where === '' ? reason : `${where}: ${reason}`, next });
  }
}

/**
 * The error that says it.
 *
 * @param file undefined where the text came from no file
 * @param line counted from 1; undefined where the whole file is meant
 */
export function unreadableManifest(reason: string, next: string, file?: string, line?: number): UnreadableManifest {
  return new UnreadableManifest(reason, next, file, line);
}
