import type * as Yaml from 'yaml';

let library: typeof Yaml | undefined;

/** The package `yaml`, loaded when it is first needed: an app that only writes manifests never waits for it. */
export function yaml(): typeof Yaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return library ??= require('yaml') as typeof Yaml;
}
