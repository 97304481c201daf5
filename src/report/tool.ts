import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What reports say of who made them. */
export const TOOL = {
  name: 'cdk8s-secrets',
  /** The version of this package. */
  get version(): string {
    return packageJson().version;
  },
  /** Where the project is. */
  get page(): string {
    return packageJson().repository.url.replace(/\.git$/, '');
  },
  /** Where every code is explained. */
  get help(): string {
    return `${this.page}/blob/main/docs/errors.md`;
  },
} as const;

function packageJson(): { readonly version: string; readonly repository: { readonly url: string } } {
  return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
}
