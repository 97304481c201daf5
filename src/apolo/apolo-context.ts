/**
 * Where an Apolo client stands: what `secret:KEY` is completed with.
 */
export interface ApoloContext {
  /**
   * The current cluster, like `default`.
   */
  readonly cluster: string;

  /**
   * The current organization.
   *
   * @default - none: URIs are `secret://cluster/project/key`, as before organizations
   */
  readonly org?: string;

  /**
   * The current project.
   */
  readonly project: string;
}
