/** Memory and CPU as a stack file has them: Kubernetes quantities, empty where not given. */
export interface StackResources {
  readonly memory: string;
  readonly cpu: string;
}

/** One entry of `functions:`, defaults filled in. */
export interface StackFunction {
  /** The key under `functions:`. */
  readonly name: string;
  /** Where the entry starts, counted from 1. */
  readonly line: number;
  readonly image: string;
  readonly lang: string;
  readonly handler: string;
  readonly fprocess: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Files of further environment, a later one wins over an earlier one, and all of them over `environment`. */
  readonly environmentFiles: readonly string[];
  /** In the order of the file, duplicates kept. */
  readonly secrets: readonly string[];
  readonly constraints?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly limits?: StackResources;
  readonly requests?: StackResources;
  readonly readOnlyRootFilesystem: boolean;
  readonly namespace: string;
  readonly skipBuild: boolean;
  readonly buildOptions: readonly string[];
  readonly buildArgs: Readonly<Record<string, string>>;
  /** File paths by id. */
  readonly buildSecrets: Readonly<Record<string, string>>;
  readonly platforms: string;
}

/** Where a template of `configuration.templates` comes from. */
export interface StackTemplate {
  readonly name: string;
  readonly source: string;
}

/** Something in the file that faas-cli passes over in silence. */
export interface StackWarning {
  readonly code: 'UnknownStackKey' | 'UnknownProcess' | 'FormerStackProvider';
  readonly line: number;
  readonly message: string;
}

/** A stack file, the functions sorted by name. */
export interface StackFile {
  /** Empty where the file gives none. */
  readonly version: string;
  /** As written; empty where the file gives none. */
  readonly gateway: string;
  readonly functions: readonly StackFunction[];
  readonly templates: readonly StackTemplate[];
  readonly copy: readonly string[];
  /** The file as it is on disk, before any substitution. */
  readonly original: string;
  readonly warnings: readonly StackWarning[];
}

/** The only schema of stack files there is. */
export const STACK_VERSION = '1.0';

/** The only provider that faas-cli takes. */
export const STACK_PROVIDER = 'openfaas';

/** What it was called until 2019, and is in older guides. */
export const FORMER_PROVIDER = 'faas';
