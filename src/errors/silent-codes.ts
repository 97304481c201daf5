/** Codes of what the API server accepts in silence, besides those that constructs have too. */
export const SILENT_CODES = {
  UnrenderedTemplate: {
    cause: 'A field holds a placeholder (`{{ }}`, `${X}`, `<name>`) in place of a value: a program or a person fills it in before the manifest is applied. Reported once for a file; nothing more is said of those fields.',
    example: 'nodeSelector: { kubernetes.io/os: $OS }',
    fix: 'Check what is rendered: `helm template … | cdk8s-secrets check -`, `envsubst < file | cdk8s-secrets check -`.',
  },
  UnknownSecret: {
    cause: 'Something uses a Secret that no manifest makes and that was not declared as existing: the pod waits for ever with CreateContainerConfigError or FailedMount, or an image is pulled without credentials.',
    example: 'envFrom: [{ secretRef: { name: bd } }] where the Secret is called "db"',
    fix: 'Correct the name, add the manifest, or declare the Secret as existing.',
  },
  DuplicateObject: {
    cause: 'Two manifests have one kind, namespace and name: the one that is applied last replaces the other, in silence.',
    example: 'two Secrets "db" in one namespace',
    fix: 'Remove one of them, or give it another name or namespace.',
  },
  ShadowedVariable: {
    cause: 'A variable that comes from a whole Secret is set again, by a later entry of envFrom or by env, which always wins. The earlier value is lost.',
    example: 'envFrom with two Secrets that both have the key "password"',
    fix: 'Give one of them a prefix, or take single keys with valueFrom.',
  },
  UnusableVariableName: {
    cause: "A key that envFrom makes a variable of is no name of one: the kubelet passes it over until 1.29 where it starts with a digit, and no shell can refer to it where it has '.' or '-'.",
    example: "envFrom with a Secret that has the key 'tls.crt'",
    fix: 'Take it with valueFrom and give it a name, or mount it as a file.',
  },
  OversizedVariable: {
    cause: 'A variable has more than 131,072 bytes with its name; Linux starts no program with it ("argument list too long").',
    example: 'a keystore in a variable',
    fix: 'Mount it as a file.',
  },
  BinaryVariable: {
    cause: 'A variable takes a value that is no text. With a zero byte the container does not start; with other bytes that are no UTF-8 it does not start with 1.34 to 1.36, and such a value is a warning for later ones.',
    example: 'a keystore in a variable',
    fix: 'Mount it as a file, or keep it in base64 inside of the Secret.',
  },
  MissingVariableFile: {
    cause: 'A variable comes from a file (fileKeyRef, since 1.35), and nothing can have written it when the container starts: no other container mounts the volume before, or none at all. It then does not start, even if the key is optional.',
    example: 'env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: settings, path: app.env, key: A } } }] without an init container that mounts "settings"',
    fix: "Mount the volume in an init container that writes lines like NAME='value'.",
  },
  UnresolvedVariable: {
    cause: 'A text refers to a variable that is set further down, or not at all: $(NAME) stays as it is, and in subPathExpr the container does not start.',
    example: 'env: [{ name: URL, value: "$(PW)" }, { name: PW, valueFrom: … }]',
    fix: 'Move the variable up, or correct the name.',
  },
  RewrittenDollar: {
    cause: 'A literal value has $$, of which the kubelet makes one $, or a $ before a character beyond ASCII, which it breaks. Values of Secrets are left alone.',
    example: 'value: "pa$$word"',
    fix: 'Write $$$$ for two, or take the value from a Secret.',
  },
  UnreadableFile: {
    cause: 'A file belongs to root and only root may read it, but the container runs as another user: "permission denied". It is a warning where only the image knows the group of that user.',
    example: 'defaultMode: 0400 with runAsUser: 1000 and no fsGroup',
    fix: "Set fsGroup in the pod's securityContext, or give the file a mode that others may read.",
  },
  WidenedMode: {
    cause: 'With a fsGroup every file of a Secret may be read by that group too: 0400 becomes 0440. Some programs, ssh for one, refuse such a key.',
    example: 'defaultMode: 0400 with fsGroup: 2000',
    fix: 'Take it into account, or copy the file in an init container.',
  },
  DecimalMode: {
    cause: 'A mode that looks octal was taken as decimal: 400 is 0620.',
    example: 'defaultMode: 400',
    fix: 'Write 0400 in YAML, 256 in JSON.',
  },
  EmptyItems: {
    cause: 'An empty list of items means every key, not none.',
    example: 'secret: { secretName: db, items: [] }',
    fix: 'Leave items out, or list the keys.',
  },
  ReplacedFile: {
    cause: 'Two keys become one file of a volume: the later one stays, in silence.',
    example: 'items: [{ key: a, path: x }, { key: b, path: x }]',
    fix: 'Give one of them another path.',
  },
  VolumeWithoutSource: {
    cause: 'A volume that names no source becomes an empty directory.',
    example: 'volumes: [{ name: creds }]',
    fix: 'Give it its source.',
  },
  UnmountedVolume: {
    cause: 'No container mounts a volume. The kubelet does not even look whether its Secret exists.',
    example: 'a volume "creds" and no volumeMounts',
    fix: 'Mount it, or leave it out.',
  },
  HiddenMount: {
    cause: 'One mount hides files of another, or programs of the image; the token of the ServiceAccount hides what is mounted at its place under another name.',
    example: 'a Secret with the key "tls" at /etc/app, and another volume at /etc/app/tls',
    fix: 'Use another path, or one projected volume.',
  },
  BrokenMount: {
    cause: 'A mount that cannot be made, and the container does not start: a file where there is a directory, a directory where there is a file, or anything inside a volume of Secrets, in which nothing can be made. At /etc the hosts file of the kubelet has no place, at /run the token of the ServiceAccount; a mount over the program leaves none.',
    example: 'a Secret at /etc/app, and another one at /etc/app/extra with subPath: extra',
    fix: 'Use a path of its own, or put both into one projected volume.',
  },
  SubPathMissingFile: {
    cause: 'subPath names a file that the volume does not have: the container gets an empty directory of that name, and keeps it when the key appears.',
    example: 'subPath: passwrd',
    fix: 'Use the path of one of the files.',
  },
  SubPathNeverUpdates: {
    cause: 'A file that is mounted with subPath keeps its contents until the container restarts, and a folder becomes empty with the first change.',
    example: 'subPath: password with a Secret that External Secrets refreshes',
    fix: 'Mount the whole volume.',
  },
  ReadOnlyAnyway: {
    cause: 'Files of Secrets are always read-only, also where a mount says readOnly: false.',
    example: 'volumeMounts: [{ name: creds, mountPath: /creds, readOnly: false }]',
    fix: 'Copy them to an emptyDir where they must be written.',
  },
  HiddenToken: {
    cause: "A volume is mounted where the cluster mounts the token of the pod's ServiceAccount; the container gets no token.",
    example: 'mountPath: /var/run/secrets/kubernetes.io/serviceaccount',
    fix: 'Mount it elsewhere.',
  },
  TokenVolumeName: {
    cause: 'The cluster takes any volume whose name starts with kube-api-access- for the one of the token, and mounts it in its place.',
    example: 'volumes: [{ name: kube-api-access-db, … }]',
    fix: 'Give it another name.',
  },
  IneffectivePullSecret: {
    cause: 'An entry of imagePullSecrets has no effect: it names no Secret, or one that is named already.',
    example: "imagePullSecrets: [{ name: '' }]",
    fix: 'Leave it out.',
  },
  UnmatchedRegistry: {
    cause: "None of the registries of a pull secret is that of one of the pod's images, as the kubelet compares them: host label by label, port, start of the path.",
    example: 'a Secret for "ghcr.io" and the image "quay.io/o/app"',
    fix: 'Use the host of the image; for Docker Hub https://index.docker.io/v1/.',
  },
  SuppressedPullSecrets: {
    cause: 'The pull secrets of a ServiceAccount are used only where the pod names none.',
    example: 'a pod with one pull secret, and a ServiceAccount with another',
    fix: 'Name them all in the pod, or none.',
  },
  NotMountable: {
    cause: 'A ServiceAccount with the annotation kubernetes.io/enforce-mountable-secrets lets pods use only the Secrets that it lists; the pod is refused.',
    example: 'a pod that uses a Secret which its ServiceAccount does not list',
    fix: 'List it, or remove the annotation (deprecated since 1.32).',
  },
  ExpiredCertificate: {
    cause: 'The certificate of a TLS secret is not valid at the date that the inspection was given.',
    example: 'a certificate of last year',
    fix: 'Renew it.',
  },
  UnknownServiceAccount: {
    cause: 'A token secret names a ServiceAccount that no manifest makes; where there is none, the cluster deletes the Secret.',
    example: 'kubernetes.io/service-account.name: builder, and no ServiceAccount "builder"',
    fix: 'Add the ServiceAccount to the same namespace.',
  },
  PlainTextInData: {
    cause: 'A value in data is most likely plain text that happens to be valid base64; the program would get other bytes.',
    example: 'data: { password: password }',
    fix: 'Encode it, or move it to stringData.',
  },
  NullValue: {
    cause: 'A key of a Secret is null. kubectl apply drops it; with server-side apply, and with kubectl create, its value is empty.',
    example: 'data: { password: }',
    fix: "Remove the key, or write ''.",
  },
  StringDataUsed: {
    cause: 'stringData ends up in clear text in an annotation when it is applied on the client side, and a key that is removed from it stays in the cluster.',
    example: 'stringData: { password: … }',
    fix: 'Use data, in base64.',
  },
  UnhashedImmutableSecret: {
    cause: 'An immutable Secret has a name that does not change with its contents: the next change of a value is refused.',
    example: 'immutable: true with the name "db"',
    fix: 'Append a hash of the contents to the name, as hashedName() does.',
  },
  LastAppliedTooLarge: {
    cause: 'kubectl apply keeps the whole object in an annotation, which would exceed the 262,144 bytes that annotations may have.',
    example: 'a Secret of 200 KiB',
    fix: 'Apply it with --server-side, or split it.',
  },
  MisplacedChecksum: {
    cause: 'A checksum annotation stands on the workload itself; only one on the pod template restarts the pods.',
    example: 'a Deployment with metadata.annotations: { checksum/secret: … }',
    fix: 'Move it to spec.template.metadata.annotations.',
  },
} as const;
