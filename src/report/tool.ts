import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What reports say of who made them. */
export const TOOL = {
  name: 'cdk8s-secrets',
  /** The version of this package. */
  get version(): string {
    return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).version;
  },
} as const;
