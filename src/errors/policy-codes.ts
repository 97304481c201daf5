/** Codes of what policies forbid in manifests, whoever made them. */
export const POLICY_CODES = {
  PlaintextCredential: {
    cause: 'A policy forbids credentials outside of Secrets, and a ConfigMap, a variable, an argument, an annotation or another field holds one: a private key, a token whose shape is known, or a URL or connection string with a password. Placeholders are passed over.',
    example: 'env: [{ name: DATABASE_URL, value: postgres://app:s3cr3t@db/app }] with check --policy plaintext',
    fix: 'Replace the credential, as it is known now, and refer to a Secret that is sealed, encrypted or made in the cluster.',
  },
  SecretsReadable: {
    cause: "A policy forbids to read all Secrets through the API, and a role allows it: 'get', 'list', 'watch' or '*' on secrets without resourceNames; or a binding names a role that does (cluster-admin, admin, edit).",
    example: "rules: [{ apiGroups: [''], resources: [secrets], verbs: [get, list] }] with check --policy rbac",
    fix: "Name the Secrets with resourceNames, and grant no more than 'get' on them. A controller that has to read all Secrets is an exception: acknowledge it with the reason.",
  },
} as const;
