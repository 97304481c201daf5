import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that reports are made with: a script or a style of their page. */
export function readAsset(name: string): string {
  return readFileSync(join(__dirname, '../../assets/report', name), 'utf8');
}
