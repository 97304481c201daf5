import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The folder of the library. */
export const ROOT = join(__dirname, '..', '..');

/** What one example makes in one file. */
export interface Rendered {
  readonly title: string;
  readonly objects: any[];
}

/** The objects of a file of YAML. */
export function objectsIn(file: string): any[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()).filter(object => object !== null);
}

/** What every example makes: its snapshots, and what `npm run synth` has made of it where it was called. */
export function renderedExamples(): Rendered[] {
  const examples = join(ROOT, 'examples');
  const folders = readdirSync(examples, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  return folders.flatMap(example => ['__snapshots__', 'dist'].flatMap(folder => {
    const path = join(examples, example, folder);
    return filesIn(path).map(file => ({ title: `${example}/${folder === 'dist' ? 'dist/' : ''}${file}`, objects: objectsIn(join(path, file)) }));
  }));
}

function filesIn(path: string): string[] {
  try {
    return (readdirSync(path, { recursive: true }) as string[]).filter(file => file.endsWith('.k8s.yaml')).sort();
  } catch {
    return [];
  }
}

/** The object in another namespace, with all that names its own. */
export function inNamespace(object: any, namespace: string): any {
  const subjects = object.subjects?.map((subject: any) => subject.kind === 'ServiceAccount' ? { ...subject, namespace } : subject);
  const moved = { ...object, metadata: { ...object.metadata, namespace }, ...subjects === undefined ? {} : { subjects } };
  const template = object.spec?.template?.metadata;
  if (object.kind === 'SealedSecret' && template?.namespace !== undefined) {
    moved.spec = { ...object.spec, template: { ...object.spec.template, metadata: { ...template, namespace } } };
  }
  return moved;
}
