/** One file that the Vault agent writes into a pod. */
export interface AgentFile {
  readonly key: string;
  /** The folder of the container that it is in. */
  readonly folder: string;
  /** Its path in the folder. */
  readonly path: string;
  /** Its mode, or undefined for that of the injector. */
  readonly mode?: number;
}

/** How pods see a secret that the Vault agent brings: as files that annotations of the pods ask for. */
export interface AgentFiles {
  /** The annotations of every pod that sees it. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** The annotations that ask for one file. Throws where there is no such key, or no entry for it. */
  annotationsOf(file: AgentFile): Readonly<Record<string, string>>;
}
