import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from './envsubst';
import type { StackFile, StackFunction, StackWarning } from './stack-file';
import { mergeEnvironment } from './stack-merge';
import { readEnvironmentFile, readStack, readTemplateProcess } from './stack-reader';
import { SecretsError } from '../errors/secrets-error';
import { readFileBytes } from '../value/value-source';

/**
 * Reads a stack file, the environment files that it names, which are merged into each function's environment, and the
 * templates beside it, for the processes of functions that name none.
 *
 * @param path the stack file; the paths of environment files start at its folder
 * @param environment values for `${…}`, or undefined to substitute nothing
 * @throws SecretsError FileUnreadable, InvalidStackFile
 */
export function loadStack(path: string, environment: Environment | undefined): StackFile {
  const stack = readStack({ file: path, text: readText(path), environment });
  const processes = new Map(stack.functions.map(fn => [fn, processOf(fn, dirname(path))]));
  const functions = stack.functions.map(fn => {
    const files = fn.environmentFiles.map(file => readEnvironmentFile(file, readText(resolve(dirname(path), file))));
    return { ...fn, environment: mergeEnvironment(fn.environment, files), fprocess: processes.get(fn) ?? '' };
  });
  const unknown = stack.functions.filter(fn => processes.get(fn) === undefined).map((fn): StackWarning => ({
    code: 'UnknownProcess',
    line: fn.line,
    message: `the template of the function ${JSON.stringify(fn.name)} is not here: without an fprocess the one of the image holds`,
  }));
  return { ...stack, functions, warnings: [...stack.warnings, ...unknown].sort((a, b) => a.line - b.line) };
}

/** The process of a function: its own, else that of the template that it is built from; undefined where that is not here. */
function processOf({ fprocess, lang }: StackFunction, folder: string): string | undefined {
  if (fprocess !== '' || lang === '' || lang.toLowerCase() === 'dockerfile') return fprocess;
  const template = join(folder, 'template', lang, 'template.yml');
  return /^[\w@-][\w.@-]*$/.test(lang) && existsSync(template) ? readTemplateProcess(template, readText(template)) : undefined;
}

function readText(path: string): string {
  const bytes = readFileBytes(path);
  if (!isUtf8(bytes)) {
    throw new SecretsError({ code: 'InvalidStackFile', message: `${JSON.stringify(path)} line 1: the file is no UTF-8`, next: 'save it as UTF-8' });
  }
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
