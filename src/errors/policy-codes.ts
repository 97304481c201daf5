/** Codes of what policies forbid in manifests, whoever made them. */
export const POLICY_CODES = {
  PlaintextCredential: {
    cause: 'A policy forbids credentials outside of Secrets, and a ConfigMap, a variable, an argument, an annotation or another field holds one: a private key, a token whose shape is known, or a URL or connection string with a password. Placeholders are passed over.',
    example: 'env: [{ name: DATABASE_URL, value: postgres://app:s3cr3t@db/app }] with check --policy plaintext',
    fix: 'Replace the credential, as it is known now, and refer to a Secret that is sealed, encrypted or made in the cluster.',
    warns: 'where only a name says that it is one: DB_PASSWORD, --api-key',
  },
  SecretsReadable: {
    cause: "A policy forbids to read all Secrets through the API, and a role allows it: 'get', 'list', 'watch' or '*' on secrets without resourceNames; or a binding names a role that does (cluster-admin, admin, edit).",
    example: "rules: [{ apiGroups: [''], resources: [secrets], verbs: [get, list] }] with check --policy rbac",
    fix: "Name the Secrets with resourceNames, and grant no more than 'get' on them. A controller that has to read all Secrets is an exception: acknowledge it with the reason.",
  },
  TokenMounted: {
    cause: 'A policy forbids tokens that nobody needs: the token of the ServiceAccount is mounted, as it is by default, and no binding in the input allows the account anything. Who gets into the container can use it.',
    example: 'a Deployment without serviceAccountName and automountServiceAccountToken, with check --policy tokens',
    fix: 'Set automountServiceAccountToken: false in the pod spec or the ServiceAccount. Where the program needs the token (it logs in to Vault with it, for example), acknowledge the finding.',
    warns: true,
  },
  UnusedSecret: {
    cause: 'Nothing in the input uses a Secret, or so much as names it, although there are pods in its namespace: it is a value that somebody can read, and that nobody needs.',
    example: 'a Secret "db-old" that no pod, Ingress, ServiceAccount or custom resource names, with check --policy unused',
    fix: 'Remove it. Where a program reads it through the API, acknowledge the finding.',
    warns: true,
  },
  UnusedKey: {
    cause: 'A Secret is used by single keys only, and one of its keys by nothing in the input.',
    example: 'a Secret with the keys "password" and "old-password", of which secretKeyRef takes "password" only, with check --policy unused',
    fix: 'Remove the key. Where a program reads it through the API, acknowledge the finding.',
    warns: true,
  },
  RotationRequired: {
    cause: 'A policy says how old values may be, and those of a Secret are older, or nothing says when they were made, or the annotation cdk8s-secrets/rotated-at holds no day that has been.',
    example: "metadata: { annotations: { cdk8s-secrets/rotated-at: '2025-01-01' } } with SecretPolicy.of(app).requireRotation(Duration.days(90))",
    fix: 'Replace the values as docs/rollout.md says, and write the day into the annotation of whatever makes the Secret.',
  },
  TooManyReaders: {
    cause: 'A policy limits how many can read a Secret, and more can: workloads that have it, subjects that RBAC lets read it, start or enter pods that have it, act as somebody who can read it, or give themselves the right, and objects whose controllers read it.',
    example: 'a Secret that five Deployments mount, with SecretPolicy.of(app).maxReaders(3)',
    fix: 'Take access away: narrow the roles with resourceNames, give workloads Secrets of their own. Exposure.fromApp(app).readersOf(…) says who can read it, and why.',
  },
  ReaderForbidden: {
    cause: 'A policy says who may read Secrets, and somebody else can, by the way that the message names.',
    example: "a Role that lets a group list Secrets, with SecretPolicy.of(chart).onlyReaders('Deployment/api')",
    fix: 'Take the access away, or add the reader to the policy.',
  },
  InvalidReportFile: {
    cause: 'A report is to be written into a file that kubectl would apply with the manifests, into a folder, or into one whose ending says of no form what it is.',
    example: "new ExposureReport(app, { file: 'exposure.json' })",
    fix: 'Give a name without a folder that ends in .html, .md, .mmd or .dot. JSON is what cdk8s-secrets report --format json prints.',
  },
  InvalidReader: {
    cause: "A policy was given a number of readers that is no whole number from 0, or a reader that is not written as 'KIND/NAME' or 'KIND/NAMESPACE/NAME'.",
    example: "SecretPolicy.of(app).onlyReaders('api')",
    fix: "Write the kind too: 'Deployment/api', 'ServiceAccount/ci/build', 'Group/developers'. '*' stands for any text.",
  },
} as const;
