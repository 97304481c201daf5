/** The highest number of a user or a group that Kubernetes takes. */
export const MAX_USER_ID = 2_147_483_647;
