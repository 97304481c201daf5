import { fileMode } from '../../kubernetes/modes';
import { itemPath } from '../../kubernetes/paths';
import type { VersionRange } from '../../kubernetes/versions';
import type { DownwardAPIVolumeFile, KeyToPath } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { FILE_FIELDS, validateFieldRef, validateResourceFieldRef } from './env';

/** The mode of files, where one is given. */
export function validateMode(mode: number | undefined, path: FieldPath, out: FindingsOfObject): void {
  const wrong = mode === undefined ? [] : fileMode(mode);
  if (wrong.length > 0) {
    out.refuse('InvalidMode', path, `${mode} can be no mode of a file: ${wrong.join(', ')}`, 'YAML takes octal numbers, 0400 or 0o400; JSON takes 256');
  }
}

/** ValidateKeyToPath, for each item. Keys need not be keys that a Secret could have. */
export function validateItems(items: readonly KeyToPath[], path: FieldPath, out: FindingsOfObject): void {
  items.forEach((item, index) => {
    const at = path.index(index);
    if ((item.key ?? '') === '') out.refuse('RequiredField', at.child('key'), 'no key is named', 'name the key');
    validateItemPath(item.path ?? '', at.child('path'), out);
    validateMode(item.mode, at.child('mode'), out);
  });
}

/** The path of a file in a volume: not empty, relative, below the volume. */
export function validateItemPath(path: string, at: FieldPath, out: FindingsOfObject, range?: VersionRange): void {
  if (path === '') {
    out.refuse('RequiredField', at, 'no path is given', 'give the path of the file in the volume');
    return;
  }
  const wrong = itemPath(path);
  if (wrong.length > 0) {
    out.refuse('InvalidPath', at, `${quote(path)} can be no path of a file: ${wrong.join(', ')}`, "give a relative path without '..'", range);
  }
}

/** ValidateDownwardAPIVolumeFile. */
export function validateDownwardApiFile(file: DownwardAPIVolumeFile, path: FieldPath, out: FindingsOfObject): void {
  validateItemPath(file.path ?? '', path.child('path'), out);
  if (file.fieldRef !== undefined) {
    validateFieldRef(file.fieldRef, FILE_FIELDS, path.child('fieldRef'), out);
    if (file.resourceFieldRef !== undefined) {
      out.refuse('AmbiguousSource', path, 'fieldRef and resourceFieldRef can not be specified simultaneously', 'leave one of them out');
    }
  } else if (file.resourceFieldRef !== undefined) {
    validateResourceFieldRef(file.resourceFieldRef, true, path.child('resourceFieldRef'), out);
  } else {
    out.refuse('MissingSource', path, 'the file has no source', 'give it a fieldRef or a resourceFieldRef');
  }
  validateMode(file.mode, path.child('mode'), out);
}
