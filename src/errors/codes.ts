import { POLICY_CODES } from './policy-codes';
import { RESOURCE_CODES } from './resource-codes';

/** What docs/errors.md says of one code. */
export interface CodeEntry {
  /** What happened, and what a cluster would make of it. */
  readonly cause: string;
  /** The smallest thing that shows it. */
  readonly example: string;
  /** What to do. */
  readonly fix: string;
  /** Whether it is a warning, or when it is one; otherwise it is an error. */
  readonly warns?: true | string;
}

/** Codes with what is said of them. A code is for ever: it may be retired, never renamed or given another meaning. */
export type Codes = Readonly<Record<string, CodeEntry>>;

/** The codes of what this library refuses. Those of what the API server refuses, or accepts in silence, stand beside their rules in src/inspect. */
export const CODES = {
  // ---- names -------------------------------------------------------------------------------------------------------
  InvalidName: {
    cause: 'The name of a Secret or of another object is no lower-case DNS subdomain of at most 253 bytes: the API server refuses the object, and a reference to it finds nothing.',
    example: "metadata: { name: 'My_Secret' }",
    fix: "Use lower-case letters, digits, '-' and '.', with a letter or digit at both ends.",
    warns: 'in a reference that its owner can do without: of an Ingress, a ServiceAccount or a pull secret',
  },
  InvalidNamespace: {
    cause: 'A namespace is no DNS label (lower case, no dots, at most 63 bytes); the API server refuses it.',
    example: "new Chart(app, 'c', { namespace: 'team.a' })",
    fix: "Use lower-case letters, digits and '-'.",
  },
  InvalidKey: {
    cause: "A key of a Secret's data has other characters than letters, digits, '-', '_' and '.', is longer than 253 bytes, or starts with '..'.",
    example: "data: { 'db password': … }",
    fix: 'Rename the key. Where the program needs another file or variable name, say so in the binding.',
  },
  InvalidLabel: {
    cause: 'A label or annotation has a key or a value that the API server refuses.',
    example: "metadata: { labels: { team: 'a team' } }",
    fix: 'Correct it; what does not fit a label (63 characters) goes into an annotation.',
  },
  InvalidEnvName: {
    cause: 'The name of an environment variable, or a prefix of `envFrom`, is one that some version of Kubernetes that is known refuses.',
    example: "SecretBinding.env('1ST', key)",
    fix: "Use letters, digits, '_', '-' and '.', not starting with a digit.",
  },
  InvalidMode: {
    cause: 'A file mode is no octal text from 0000 to 0777. Numbers are not taken: decimal 400 is 0620, the classic accident.',
    example: "SecretBinding.files('/etc/foo', secret, { mode: '400 ' })",
    fix: "Write the mode as in chmod: '0400'.",
  },
  InvalidPath: {
    cause: 'The path of a file in a volume is absolute, leaves the volume, or is one that the kubelet refuses or rewrites.',
    example: "items: { username: '../username' }",
    fix: "Give a relative path without '.', '..' and empty elements.",
    warns: 'where the kubelet only shortens the path, and where no container mounts the volume',
  },
  InvalidMountPath: {
    cause: "A mount path is relative, not clean, or holds a ':' (which Kubernetes takes as a plain character of the path).",
    example: "SecretBinding.files('etc/foo:ro', secret)",
    fix: 'Give an absolute path in its shortest form.',
    warns: "where the path is relative or has a ':': it is mounted all the same",
  },

  // ---- values ------------------------------------------------------------------------------------------------------
  InvalidValue: {
    cause: 'A key was given something that is no SensitiveValue: `undefined`, a plain string, a Buffer.',
    example: 'data: { password: process.env.PASSWORD }',
    fix: "Wrap it: SensitiveValue.fromEnvironment('PASSWORD'), .fromLiteral('…'), .fromFile('…').",
  },
  EnvironmentVariableUnset: {
    cause: 'A value comes from an environment variable that is not set where the manifest is made, or is empty, as pipelines leave it where a secret is missing.',
    example: "SensitiveValue.fromEnvironment('DB_PASSWORD')",
    fix: 'Set it, or choose a delivery that does not need the value. Where an empty value is meant, say { allowEmpty: true }.',
  },
  FileUnreadable: {
    cause: 'A file that holds a value is missing, is a directory, or may not be read.',
    example: "SensitiveValue.fromFile('no-such-file.txt')",
    fix: 'Check the path; a relative one starts at the working directory of the process.',
  },
  InvalidValueField: {
    cause: 'A field that is a value is not in its file, variable or output, is null, empty or no text, or what holds it cannot be read; or the path of the field is none.',
    example: "SensitiveValue.fromFile('app.json', { field: 'db' })",
    fix: "Name a field that holds a text, a number or a boolean, with dots ('db.password') or as a JSON pointer ('/tls.crt/data').",
  },
  InvalidCommand: {
    cause: 'The command that prints a value is no list of texts that begins with a program, or holds a value, which every list of processes would show.',
    example: 'SensitiveValue.fromCommand([])',
    fix: "Give the program and its arguments, each a text of its own: ['op', 'read', 'op://dev/db/password'].",
  },
  CommandFailed: {
    cause: 'The program that prints a value is not there, ended with another exit code than 0, took too long, or printed nothing or more than a Secret holds.',
    example: "SensitiveValue.fromCommand(['false'])",
    fix: 'Run it yourself to see why, or have its standard error shown with { showErrors: true }. It has no standard input.',
  },
  InvalidBase64: {
    cause: 'A text that should be base64 is none: other characters, the URL alphabet, spaces, or no padding. The API server refuses such a Secret.',
    example: "SensitiveValue.fromBase64('MWYyZDFlMmU2N2Rm=')",
    fix: 'Give the standard alphabet with padding, or the plain text to fromLiteral.',
  },
  InvalidEnvFile: {
    cause: 'A line of an env file is one that kubectl refuses, or that makes kubectl lose data in silence.',
    example: 'export PASSWORD=…',
    fix: "Write KEY=value, a line each; quotes and trailing spaces belong to the value, and 'export' is not understood.",
  },
  InvalidDirectory: {
    cause: 'A directory of values holds something that kubectl would skip in silence (a folder, a symbolic link, a socket) or a file whose name is no key.',
    example: "Secret.fromDirectory(chart, 'Creds', 'creds') with creds/old/",
    fix: 'Remove it, or name it in `exclude`.',
  },
  KeysChanged: {
    cause: 'The keys of an env file or directory are not those that were declared, or that it had when the secret was declared.',
    example: "Secret.fromEnvFile(chart, 'Db', 'db.env', { keys: ['user', 'password'] }) where db.env has only 'user'",
    fix: 'Make the file and the declared keys agree.',
  },
  SecretTooLarge: {
    cause: 'The values of one Secret have more than 1,048,576 bytes together; the API server refuses it.',
    example: 'a 2 MiB file as a value',
    fix: 'Split it, or keep large files elsewhere (a volume, an object store) and only their credentials in the Secret.',
  },

  // ---- secrets -----------------------------------------------------------------------------------------------------
  UnknownKey: {
    cause: 'A key was asked for that the secret does not have; the pod would wait for ever with CreateContainerConfigError or FailedMount.',
    example: "db.key('passwrd')",
    fix: 'Use one of the keys in the message. For a secret that others make, declare its keys: Secret.fromSecretName(…, { keys: […] }).',
    warns: 'where the reference is optional; and in a repository, where something else may add the key',
  },
  NotPublic: {
    cause: 'A value that is not known to be public would stand in a ConfigMap, which whoever may look at a namespace can read.',
    example: "new SecretConfigMap(chart, 'Config', { secret: db, keys: ['password'] })",
    fix: 'Leave it to the Secret. Where everybody may know it (a host, a user name, a certificate), declare it with .asPublic().',
  },
  DuplicateKey: {
    cause: 'A key was added to a secret that already has it.',
    example: "secret.addData('password', …) twice",
    fix: 'Declare each key once.',
  },
  DuplicateSecret: {
    cause: 'Two secrets have one name in one namespace: of two manifests the one applied last wins, in silence.',
    example: "two new Secret(…, { metadata: { name: 'db' } }) in one namespace",
    fix: 'Declare it once and pass the construct around, or give one of them another name.',
  },
  MissingKey: {
    cause: 'A secret of a type with fixed keys lacks one of them; the API server refuses it.',
    example: "new Secret(chart, 'Tls', { type: 'kubernetes.io/tls', data: { 'tls.crt': … } })",
    fix: 'Add the key, or use the construct of that type (TlsSecret, BasicAuthSecret, …), which knows its keys.',
  },
  InvalidDockerConfig: {
    cause: 'The value of a docker-type secret is no JSON object, or none of its registries is usable; pulling an image would fail.',
    example: "new Secret(chart, 'R', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': SensitiveValue.fromLiteral('user:pass') } })",
    fix: "Use DockerConfigSecret with a registry's host, user name and password, or the file ~/.docker/config.json.",
    warns: 'where there are no credentials in it',
  },
  InvalidCertificate: {
    cause: 'The certificate and the key of a TLS secret are no PEM, are swapped, or do not belong together. The API server only warns; the program that loads them fails.',
    example: "new TlsSecret(chart, 'Tls', { tlsCert: SensitiveValue.fromFile('a.crt'), tlsKey: SensitiveValue.fromFile('b.key') })",
    fix: 'Give the certificate (its chain after it) and the private key that it was made for, both PEM.',
    warns: 'where both values are empty, as where a controller fills them in',
  },
  InvalidBootstrapToken: {
    cause: 'A bootstrap token that no cluster would honour: wrong form of id or secret, wrong name or namespace, groups outside system:bootstrappers:.',
    example: "new BootstrapTokenSecret(chart, 'T', { tokenId: 'ABC123', … })",
    fix: 'Follow `kubeadm token generate`: id [a-z0-9]{6}, secret [a-z0-9]{16}, namespace kube-system.',
  },
  SecretTypeMismatch: {
    cause: 'A secret is used in a way that its type does not serve: image-pull credentials bound as files or variables, any other type used to pull images, which the kubelet ignores in silence, or a Secret without the keys that an Ingress, a gateway or a service mesh reads.',
    example: "SecretBinding.files('/etc/foo', registryCredentials)",
    fix: 'Bind docker-type secrets with SecretBinding.imagePull, all others with env, envFrom or files; give a certificate the type kubernetes.io/tls.',
    warns: 'where a gateway may read another Secret, and in a repository, where something else may add the keys',
  },
  NamespaceMismatch: {
    cause: 'A workload is bound to a secret of another namespace. No field of Kubernetes can name another namespace: the pod would look in its own.',
    example: "a Deployment in 'web' bound to a Secret in 'db'",
    fix: 'Declare the secret in the namespace of the workload, or both in one chart with a namespace.',
    warns: 'where only one of the two names a namespace, and in a reference that its owner can do without',
  },
  DeliveryTooLate: {
    cause: 'A delivery was set for a scope that already holds secrets; those would go on with the one before.',
    example: 'SecretDelivery.manifest().useFor(app) after new Secret(…)',
    fix: 'Set the delivery before the first secret is declared.',
  },

  // ---- output ------------------------------------------------------------------------------------------------------
  UnwritableOutput: {
    cause: 'The folder of the output, or a file in it, cannot be written, or the disk is full. Nothing was changed: synth writes beside and renames, all files or none.',
    example: 'app.synth() with a full disk, or with a dist that belongs to another user',
    fix: 'Make room, or have the folder belong to the user who runs synth.',
  },

  // ---- deliveries --------------------------------------------------------------------------------------------------
  InvalidSealingCertificate: {
    cause: 'The certificate to seal with is no PEM certificate, has no RSA key, or has expired; kubeseal refuses it too.',
    example: "SecretDelivery.sealed({ certificate: 'public-key.pem' })",
    fix: 'Fetch the certificate of the controller: kubeseal --fetch-cert > pub-cert.pem. It renews itself every 30 days.',
  },
  InvalidAgeRecipient: {
    cause: 'Somebody whom secrets are to be encrypted for has no X25519 recipient of age, or nobody is named. A secret key that was given by mistake is not shown.',
    example: "SecretDelivery.sops({ age: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…'] })",
    fix: 'Name at least one recipient, age1…, as age-keygen -y prints it. SSH keys, hybrid keys and those of plugins are not supported.',
  },
  UnusableJournal: {
    cause: 'The local file that keeps ciphertexts stable cannot be read or written, or is no regular file; a link is not followed.',
    example: "reuse: 'dist' with a folder .cdk8s-secrets that belongs to another user, or on a full disk",
    fix: 'Give the folder .cdk8s-secrets back to the user who runs synth, or remove it; values are then sealed anew.',
  },
  UnusableGenerations: {
    cause: 'The file that says which Secrets with hashed names were made before cannot be read, holds something else, or was changed by another synth while this one ran. Nothing is written then.',
    example: "keep: { journal: 'prod.generations.jsonl' } with the marks of a merge conflict in the file",
    fix: 'Where two branches met, keep the lines of both, the newest last. Where another synth was at work, synthesize again. Without the file the manifests start again with the newest Secrets.',
  },
  EarlierSecretLost: {
    cause: 'A Secret with a hashed name that was made before is to stay in the manifests and cannot be made again. What prunes removes it, also while pods need it.',
    example: 'a plain Secret with a generated password and a user name, of which the user name has changed; or a SOPS document for another recipient',
    fix: 'Leave it where no pod needs it any more. Else spare it from pruning until the rollout is through, see docs/rollout.md. It leaves the journal with this synth, or with its line.',
    warns: true,
  },
  InvalidDeterminismKey: {
    cause: 'The key that makes encryption repeatable, and from which generated values are derived, is too short; whoever guesses it has the generated values, and can test guesses of every other in the repository.',
    example: "SecretDelivery.sealed({ determinismKey: SensitiveValue.fromLiteral('changeme'), … })",
    fix: 'Give at least 32 random bytes from outside the repository: openssl rand -base64 32.',
  },
  MissingDeterminismKey: {
    cause: 'A value is generated, and the delivery that has to write it has no secret key to derive it from. A random one would be another at every synth.',
    example: "new Secret(chart, 'Db', { data: { password: SensitiveValue.generated() } }) with SecretDelivery.manifest()",
    fix: "Give the delivery a key of at least 32 bytes: SecretDelivery.manifest({ determinismKey: SensitiveValue.fromEnvironment('DETERMINISM_KEY') }), made by openssl rand -base64 32.",
  },
  MissingNamespace: {
    cause: 'A delivery needs the namespace of the secret and the manifest has none: a sealed secret can only be opened in the namespace that it was sealed for.',
    example: 'a sealed Secret in a chart without a namespace',
    fix: 'Give the chart a namespace, or seal with SealedSecretScope.clusterWide().',
  },
  SealedForAnotherName: {
    cause: 'The name, namespace or scope of a SealedSecret is not the one that its values were sealed for; the controller could not decrypt them.',
    example: 'a kustomize namespace over a SealedSecret, or ApiObject.of(secret).addJsonPatch(JsonPatch.replace("/metadata/name", "b"))',
    fix: 'Change the name or namespace where the secret is declared, so that it is sealed again.',
    warns: 'in a manifest that this library did not make, where only the template tells what it was sealed for',
  },
  HashedNameFixed: {
    cause: 'A key was added to a secret whose name already holds a hash of its values.',
    example: "new Secret(chart, 'Db', { hashedName: true, … }).addData('password', …)",
    fix: 'Declare all keys at once.',
  },
  RolloutRequired: {
    cause: 'A workload sees a secret, and nothing would restart its pods when a value changes: variables stay as they were.',
    example: 'deployment.with(SecretRollout.hashedName()) where the secret has no hashed name',
    fix: 'Use SecretRollout.checksum() or .reloader(), or declare the secret with hashedName: true.',
  },
  PlaintextForbidden: {
    cause: 'A policy forbids values in manifests, and a Secret has some.',
    example: 'SecretPolicy.of(app).forbidPlaintext() and a secret with SecretDelivery.manifest()',
    fix: 'Seal or encrypt the Secret, have it made in the cluster, give it another delivery, or make an exception with a reason: AppInspection.of(…).acknowledge, check --acknowledge.',
  },
  VariablesForbidden: {
    cause: 'A policy allows secrets as files only, and a container gets one as environment variables.',
    example: 'SecretPolicy.of(app).filesOnly() and SecretBinding.env(…)',
    fix: 'Bind it as files, or make an exception with a reason: Inspection.acknowledge.',
  },
  ImmutableRequired: {
    cause: 'A policy demands that secrets are immutable, and one is not.',
    example: 'SecretPolicy.of(app).requireImmutable() and a secret without immutable: true',
    fix: 'Declare it with hashedName: true or immutable: true, or make an exception with a reason: Inspection.acknowledge.',
  },
  ModeTooOpen: {
    cause: 'A policy limits the permissions of files of secrets, and a volume has more. Without a mode it is 0644.',
    example: "SecretPolicy.of(app).maxMode('0440') and SecretBinding.files('/etc/db', db)",
    fix: 'Give the binding or the volume a mode, or make an exception with a reason: Inspection.acknowledge.',
  },
  NothingToExport: {
    cause: 'Policies are to be enforced by a cluster, and there is none that it can enforce: none was demanded yet, or they look at more than one object.',
    example: 'SecretPolicy.of(app).exportTo(chart, PolicyTarget.kyverno()) before SecretPolicy.of(app).filesOnly()',
    fix: 'Demand a policy first that a cluster can enforce: filesOnly, maxMode, requireImmutable, PolicyPack.RBAC.',
  },
  DeliveryForbidden: {
    cause: 'A policy allows some deliveries only, and a secret has another one.',
    example: 'SecretPolicy.of(app).allowDeliveries(DeliveryKind.SEALED) and a secret with SecretDelivery.manifest()',
    fix: 'Use one that is allowed, or make an exception with a reason: Inspection.acknowledge.',
  },
  InvalidGeneratedValue: {
    cause: 'A value that is to be generated cannot be: it would be easy to guess, or its length, alphabet, generation or kind is none; or a certificate is for nobody, or for days when its authority is not valid.',
    example: 'SensitiveValue.generated({ length: 6 })',
    fix: 'Follow the message.',
  },
  InvalidValueTemplate: {
    cause: 'A value that is to be made of others has a text that names one that is not given, does not name one that is, or has a brace that belongs to nothing.',
    example: "SensitiveValue.template('postgres://{user}:{pasword}@db', { user, password })",
    fix: 'Correct the name; write {{ and }} for braces.',
  },
  RemoteValue: {
    cause: 'A delivery needs a value that is in a store which only the cluster can read.',
    example: "new Secret(chart, 'Db', { data: { password: SensitiveValue.fromRemote({ key: 'db' }) } }) with SecretDelivery.manifest()",
    fix: 'Use SecretDelivery.external or SecretDelivery.csi, or give this environment a value of its own (fromEnvironment, fromFile).',
  },
  UnsupportedByDelivery: {
    cause: 'A secret is used in a way that its delivery can not serve.',
    example: 'image-pull credentials with SecretDelivery.csi: they are asked for before the driver has made them',
    fix: 'Follow the message, or give this secret another delivery.',
  },
  InvalidDelivery: {
    cause: 'The options of a delivery lack something, contradict each other, or are what its operator refuses.',
    example: "SecretDelivery.certificate({ issuer: CertificateIssuer.issuer('ca') }), which is for no name",
    fix: 'Follow the message.',
  },
  InvalidExternalSecret: {
    cause: 'An ExternalSecret or PushSecret that its schema or its webhook refuses: no source of data, policies that contradict each other, a forbidden type.',
    example: 'creationPolicy: Merge with deletionPolicy: Delete',
    fix: 'Follow the message.',
  },
  InvalidSecretStore: {
    cause: 'A SecretStore or ClusterSecretStore that its schema refuses, or a reference that can be none.',
    example: "StoreReference.secretStore('My Store')",
    fix: 'Follow the message.',
  },
  InvalidGenerator: {
    cause: 'A generator of the External Secrets operator that its schema refuses or that could make nothing, or a reference that can be none.',
    example: 'GeneratorSpec.sshKey({ keyType: SshKeyType.ECDSA, keySize: 2048 })',
    fix: 'Follow the message.',
  },
  InvalidProviderClass: {
    cause: 'A SecretProviderClass that the CSI driver or its provider refuses when a pod mounts it.',
    example: "CsiProvider.of('my provider', …)",
    fix: 'Follow the message.',
  },
  LeakedValue: {
    cause: "A declared value, plain or in base64, stands somewhere in the output but in its own secret's data.",
    example: "new ConfigMap(chart, 'C', { data: { url: `postgres://app:${password}@db` } })",
    fix: 'Bind the secret instead. What is no secret (a user name, a port) belongs into a ConfigMap only, not into a Secret.',
  },

  // ---- bindings ----------------------------------------------------------------------------------------------------
  UnsupportedWorkload: {
    cause: 'A binding was applied to something that has no pods.',
    example: 'binding.applyTo(configMap)',
    fix: 'Apply it to a workload, or with chart.with(…) to all of a chart.',
  },
  UnknownContainer: {
    cause: 'A binding names a container that no workload it was applied to has, or a workload has no container that it could bind.',
    example: "SecretBinding.env('A', key, { containers: ContainerSelector.named('sidecar') })",
    fix: 'Use the name of a container.',
  },
  ContainerAddedLater: {
    cause: 'No longer raised: a container that is added after a binding was applied sees the secret too.',
    example: 'deployment.with(binding); deployment.addContainer(…)',
    fix: 'Nothing.',
  },
  DuplicateEnvName: {
    cause: 'One container would have one environment variable twice: the last wins in silence, and server-side apply refuses it.',
    example: "SecretBinding.env('PASSWORD', a), SecretBinding.env('PASSWORD', b)",
    fix: 'Use two names.',
    warns: 'in a manifest, where the last one counts',
  },
  DuplicateMountPath: {
    cause: 'One container would have two mounts at one path; the API server refuses it.',
    example: "SecretBinding.files('/etc/foo', a), SecretBinding.files('/etc/foo', b)",
    fix: 'Mount one volume of both, SecretVolume.fromSecrets(…), or use two paths.',
  },
  DuplicateFile: {
    cause: 'Two keys would become one file of a volume, or one a folder where the other is a file; the API server refuses it, or the kubelet keeps one of them in silence.',
    example: "new SecretBackedFunction(…, { secrets: [a, b] }) where both have the key 'password'",
    fix: 'Give the keys paths of their own, or rename one.',
    warns: 'where no container mounts the volume, and in a Function resource, whose operator may do otherwise',
  },
  DuplicateVolume: {
    cause: 'A workload already has another volume of that name.',
    example: "SecretVolume.fromSecret(pod, 'V', secret, { name: 'data' }) where 'data' exists",
    fix: 'Give the volume another name, or none to have one derived.',
  },

  // ---- workloads ---------------------------------------------------------------------------------------------------
  InvalidFunctionName: {
    cause: 'The name of a function is no DNS label, or has more than 45 characters, which leaves no room for the name of its volume NAME-projected-secrets (63).',
    example: "new SecretBackedFunction(chart, 'F', { name: 'Protected_API', … })",
    fix: "Use lower-case letters, digits and '-', at most 45.",
  },

  InvalidFunctionImage: {
    cause: 'A function has no image; OpenFaaS refuses it.',
    example: "new SecretBackedFunction(chart, 'F', { name: 'f', image: '' })",
    fix: 'Name the image.',
  },
  InvalidQuantity: {
    cause: 'An amount of memory or CPU is no quantity of Kubernetes, or a negative one; the API server refuses it.',
    example: "limits: { memory: '40MB' }",
    fix: "Write it like '40Mi' or '100m'.",
  },

  // ---- OpenFaaS, Docker Swarm, Apolo -----------------------------------------------------------------------------------
  InvalidStackFile: {
    cause: 'A stack file, or an environment file that it names, is one that faas-cli refuses. The message has the file, the line and the reason, no value.',
    example: 'secrets: abc',
    fix: 'Correct the line; the reference is https://docs.openfaas.com/reference/yaml/.',
  },
  UnknownStackKey: {
    cause: 'A stack file has a key that faas-cli passes over in silence.',
    example: 'secret: [secret-api-key]',
    fix: 'Correct the key, or remove it.',
    warns: true,
  },
  FormerStackProvider: {
    cause: 'A stack file names the provider `faas`, as older guides do. faas-cli has refused it since 2019; here it is read as `openfaas`.',
    example: 'provider: { name: faas, gateway: http://127.0.0.1:8080 }',
    fix: 'Write `name: openfaas`.',
    warns: true,
  },
  UndeclaredFunctionSecret: {
    cause: 'A function of OpenFaaS names a secret that nothing in the app, or in the manifests, declares. It must exist when the function is deployed: OpenFaaS refuses the function otherwise.',
    example: 'secrets: [secret-api-key]',
    fix: 'Declare it. For a stack file: give it in `secrets`, or give a `secretsFolder` with its file. Where it exists, say so with `Secret.fromSecretName` in `secrets`, or with `check --existing`. Else make it with a command of the message.',
    warns: true,
  },
  UnknownProcess: {
    cause: 'A function is built from a template that is not here, so that the process of its watchdog is not known.',
    example: 'lang: python3-http, and no template/python3-http/template.yml beside the stack file',
    fix: 'Run `faas-cli template pull`, or give the function an fprocess.',
    warns: true,
  },
  NotInFunctionResource: {
    cause: 'An option of a function has no field in the Function resource; the settings of the operator hold.',
    example: 'new SecretBackedFunction(…, { nonRootUser: true, form: FunctionForm.customResource() })',
    fix: 'Set it in the chart of OpenFaaS, or use FunctionForm.deployment().',
    warns: true,
  },
  NotPortable: {
    cause: 'A name is valid on one of Kubernetes and Docker Swarm only, and the function is to run on both.',
    example: "secret name 'secret_api_key' (Swarm only)",
    fix: "Use lower-case letters, digits, '-' and '.', at most 64 characters.",
  },
  InvalidSwarmStack: {
    cause: 'A stack or Compose file that Docker would refuse, at once or only when it is deployed.',
    example: 'a service that uses a secret which the file does not declare',
    fix: 'Follow the message.',
  },
  InvalidApoloReference: {
    cause: "A secret URI, a volume or an environment entry is one that Apolo's own client refuses.",
    example: "volumes: ['secret:key:/mnt/k:ro']",
    fix: 'Write secret:KEY:/path for a file and NAME=secret:KEY for a variable.',
  },
  SecretOfOtherProject: {
    cause: 'A job on the platform uses a secret of another project. The platform keeps the secrets of a project in a namespace of its own, and looks for this one in that of the job.',
    example: "env: { A: 'secret:/otherproject/key' }",
    fix: 'Add the secret to the project of the job.',
    warns: true,
  },
  UnreadableSecretFile: {
    cause: 'The platform mounts secret files with mode 0400, owned by root, and the job runs as another user, which can not read them.',
    example: "new ApoloJob(…, { user: 1000, volumes: ['secret:key:/path'] })",
    fix: 'Take the secrets as environment variables, or leave the platform: ApoloJobForm.kubernetes(…) gives the files a group.',
    warns: true,
  },
  GrantTooWide: {
    cause: 'One key of a Secret was to be shared, and the Secret has others: a Role of Kubernetes names Secrets, not keys.',
    example: "grant.roleFor(chart, 'Bob', secretWithTwoKeys)",
    fix: 'Keep what is shared in a Secret of its own, or say { wholeSecret: true }.',
  },
  RefusedByApolo: {
    cause: "Apolo's client takes it, and the platform refuses it when the job starts.",
    example: "volumes: ['secret:key:relative']",
    fix: 'Follow the message.',
  },

  // ---- bindings: what is only known when the app is synthesized ----------------------------------------------------
  BindingUnused: {
    cause: 'A binding was applied where nothing makes a pod, so no container sees the secret; or an order was chosen for secrets where there are none.',
    example: "new Chart(app, 'empty').with(SecretBinding.envFrom(secret))",
    fix: 'Apply it to the workload, or to a chart that holds one; an order, to what holds secrets. What it met instead stands in the message.',
  },
  InvalidOrdering: {
    cause: 'An order cannot be told to Flux as it is asked: the app writes no folder for each chart, or the source, the path or a field of the Kustomizations is none.',
    example: "SecretOrdering.fluxDependsOn({ …, path: '/dist' })",
    fix: 'Make the app with `yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE`, and name what the source holds: `path: \'./dist\'`.',
  },
  OrderingCycle: {
    cause: 'Charts need each other: a workload of one needs a secret of the other, and the other way round. Kustomizations of Flux that depend on each other are never applied.',
    example: 'SecretBinding.envFrom(secretOfB) in chart A, and SecretBinding.envFrom(secretOfA) in chart B',
    fix: 'Put secrets, with the stores that they come from, into a chart of their own.',
  },
  BindingDropped: {
    cause: 'An object does not show what was bound to it: its class renders it in its own way, or maps it to an older version of its type.',
    example: 'a class made by `cdk8s import` for a version whose pods lack the field',
    fix: 'Import a newer version of the type, or bind the pod template before it is handed to that class.',
  },
  RolloutIneffective: {
    cause: 'A rollout was asked for, and cannot see a secret change: its values are not known here, as with SecretDelivery.external or .existing.',
    example: 'new kplus.Deployment(…).with(SecretRollout.checksum()) with a secret from SecretDelivery.external',
    fix: 'Use SecretRollout.reloader(), or leave it to the controller that makes the Secret.',
    warns: true,
  },
  IncompatibleCopies: {
    cause: 'Two copies of this library are used in one app, and their versions keep what they know of an app in different ways.',
    example: 'a package of a platform team that brings another cdk8s-secrets',
    fix: 'Have all packages use one version: `npm ls cdk8s-secrets` shows them.',
  },

  // ---- the inspection of an app ---------------------------------------------------------------------------------------
  SensitiveValueMisplaced: {
    cause: 'A SensitiveValue, or the text "[sensitive]" that it becomes in a text, stands in a manifest outside the data of a secret.',
    example: "containers: [{ image: 'api', args: [SensitiveValue.fromEnvironment('TOKEN')] }]",
    fix: 'Put it into the data of a Secret, and bind its key as a variable or a file.',
  },
  UnrenderedObject: {
    cause: 'An object of the app cannot be rendered, so it could be neither inspected nor written.',
    example: 'a Deployment without containers',
    fix: 'Follow the message, which is that of cdk8s or cdk8s-plus.',
  },
  InvalidVersion: {
    cause: 'A version of Kubernetes to inspect against is none, or is older than every one that is known.',
    example: "{ versions: ['1.x'] }",
    fix: 'Name a minor version, like 1.37. Newer ones than those that are known are taken, with a warning.',
  },
  UnknownVersion: {
    cause: 'The manifests are inspected for a version of Kubernetes that came after this version of the library. The rules are those of the newest version that it knows; fields that came later are unknown to it.',
    example: '`check -k 1.99`',
    fix: 'Use a newer version of the library, or acknowledge it.',
  },
  InvalidDate: {
    cause: 'The date of an inspection, at which certificates must still be valid, is none.',
    example: "{ today: 'tomorrow' }",
    fix: 'Write it like 2030-01-31.',
  },
  StaleAcknowledgement: {
    cause: 'Findings of a code were acknowledged on a construct, and there are none: what was wrong was mended, or is somewhere else.',
    example: "AppInspection.of(chart).acknowledge('NullValue', '…')",
    fix: 'Remove the acknowledgement.',
    warns: true,
  },
  UnknownCode: {
    cause: 'Findings were acknowledged by a code that does not exist, or without a reason.',
    example: "AppInspection.of(chart).acknowledge('SubPathNeverUpdate', '…')",
    fix: 'Copy the code from the finding, and say why it may stay.',
    warns: 'in an annotation of an object',
  },
  MisreadText: {
    cause: 'kubectl, Argo CD and Flux read another text than the one in the program, or cannot read the file, because cdk8s writes YAML with another library than the one they read it with: control characters '
      + 'from U+007F on, U+0085, U+2028 and U+2029 stand in it as they are (Go takes the last three for ends of lines), text of several lines begins with a tab, or the text is a number to Go only (`0o17`, `0XFF`).',
    example: "data: { Makefile: '\\tcc main.c\\n\\tcc test.c\\n' }",
    fix: 'Take the character out, begin the text with another line, or put it in as base64: under `binaryData` of a ConfigMap or in a Secret, whose `data` is base64 anyway.',
  },

  // ---- manifests: what cannot be read, and what the API server refuses in constructs too -------------------------------
  UnreadableManifest: {
    cause: 'A text or file of manifests cannot be read: it is no YAML or JSON, no text, or larger or deeper than any object of a cluster. The message has the file and the line, and quotes nothing of it.',
    example: "password: 'it's' (the quote ends too early)",
    fix: 'Correct the line. Render templates of Helm first: helm template … | cdk8s-secrets check -',
  },
  InvalidValidationProperty: {
    cause: 'A property of the validation plugin in cdk8s.yaml is none that it has, or has a value that it does not take.',
    example: 'properties: { versions: [1.30] } (1.30 without quotes is the number 1.3)',
    fix: 'Follow the message; docs/check.md lists the properties.',
  },
  OutOfRange: {
    cause: 'A number is smaller or larger than its field allows.',
    example: 'serviceAccountToken: { path: token, expirationSeconds: 60 }',
    fix: 'Use a number from the range in the message.',
  },
  DuplicateContainer: {
    cause: 'Two containers of a pod, init containers included, have one name.',
    example: 'containers: [{ name: app, … }, { name: app, … }]',
    fix: 'Give one of them another name.',
  },

  // ---- manifests: the custom resources that make Secrets ---------------------------------------------------------------
  ...RESOURCE_CODES,

  // ---- manifests: what policies forbid ---------------------------------------------------------------------------------
  ...POLICY_CODES,
} as const satisfies Codes;

/** A code of this library's errors. */
export type Code = keyof typeof CODES;
