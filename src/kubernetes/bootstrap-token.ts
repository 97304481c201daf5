/** Where a cluster looks for bootstrap tokens. */
export const BOOTSTRAP_TOKEN_NAMESPACE = 'kube-system';

/** The name that the Secret of a bootstrap token must have. */
export function bootstrapTokenName(tokenId: string): string {
  return `bootstrap-token-${tokenId}`;
}

/** What the public half of a bootstrap token must be. */
export function bootstrapTokenId(id: string): string[] {
  return /^[a-z0-9]{6}$/.test(id) ? [] : ['must be 6 characters of a-z and 0-9'];
}

/** What the secret half of a bootstrap token must be. */
export function bootstrapTokenSecret(secret: string): string[] {
  return /^[a-z0-9]{16}$/.test(secret) ? [] : ['must be 16 characters of a-z and 0-9'];
}

/** What a group that a bootstrap token adds must be. */
export function bootstrapGroup(group: string): string[] {
  return /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/.test(group)
    ? [] : ["must start with 'system:bootstrappers:', followed by at most 256 characters of a-z, 0-9, ':' and '-', the last a letter or digit"];
}
