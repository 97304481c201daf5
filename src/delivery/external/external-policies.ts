import type { Problem } from '../../errors/problem';

/**
 * Who owns the Secret that an ExternalSecret makes.
 *
 * @see https://external-secrets.io/latest/guides/ownership-deletion-policy/
 */
export enum ExternalCreationPolicy {
  /** The ExternalSecret: the Secret is created, and deleted with it. */
  OWNER = 'Owner',
  /** Nobody: the Secret is created, and stays when the ExternalSecret is deleted. */
  ORPHAN = 'Orphan',
  /** Whoever made the Secret: the keys are added to one that must exist. */
  MERGE = 'Merge',
  /** The keys are added where there is such a Secret; it is created where there is none. Needs External Secrets 2.8. */
  CREATE_OR_MERGE = 'CreateOrMerge',
  /** No Secret is made. */
  NONE = 'None',
}

/** What happens to the Secret when the store no longer has its values. */
export enum ExternalDeletionPolicy {
  /** It stays as it is. */
  RETAIN = 'Retain',
  /** It is deleted. */
  DELETE = 'Delete',
  /** Its keys from the store are taken out; the Secret stays. */
  MERGE = 'Merge',
}

const NEVER_DELETED = [ExternalCreationPolicy.MERGE, ExternalCreationPolicy.CREATE_OR_MERGE, ExternalCreationPolicy.NONE];

/** What the operator's webhook has against two policies together. */
export function policyProblem(creation: ExternalCreationPolicy, deletion: ExternalDeletionPolicy): Problem | undefined {
  const refused = (deletion === ExternalDeletionPolicy.DELETE && NEVER_DELETED.includes(creation))
    || (deletion === ExternalDeletionPolicy.MERGE && creation === ExternalCreationPolicy.NONE);
  return refused ? {
    code: 'InvalidExternalSecret',
    message: `the deletion policy ${JSON.stringify(deletion)} can not go with the creation policy ${JSON.stringify(creation)}`,
    next: deletion === ExternalDeletionPolicy.DELETE ? 'only a Secret that the ExternalSecret created can be deleted: use the creation policy Owner or Orphan'
      : 'there is no Secret to take keys out of: use the deletion policy Retain',
  } : undefined;
}
