import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/** The nearest one above this code, wherever the bundler has put it. */
function packageJson(): { readonly version: string; readonly repository: { readonly url: string } } {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
