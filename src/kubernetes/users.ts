/** The highest number of a user or a group that Kubernetes takes. */
export const MAX_USER_ID = 2 ** 31 - 1;
