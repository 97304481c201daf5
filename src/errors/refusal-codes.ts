import type { Codes } from './codes';

/** Codes of what the API server refuses in a manifest, besides those that constructs have too. */
export const REFUSAL_CODES = {
  UnreadableManifest: {
    cause: 'A text or file of manifests cannot be read: it is no YAML or JSON, no text, or larger or deeper than any object of a cluster. The message has the file and the line, and quotes nothing of it.',
    example: "password: 'it's' (the quote ends too early)",
    fix: 'Correct the line. Render templates of Helm first: helm template … | cdk8s-secrets check -',
  },
  YamlTakenForJson: {
    cause: 'A text begins with a brace, and is not JSON to its end. kubectl before 1.33 takes what begins so for JSON, and refuses it; later ones read YAML then.',
    example: '{apiVersion: v1, kind: Secret, metadata: {name: db}}',
    fix: "Begin the text with a line '---', write JSON, or use kubectl 1.33 or later.",
  },
  InvalidValidationProperty: {
    cause: 'A property of the validation plugin in cdk8s.yaml is none that it has, or has a value that it does not take.',
    example: 'properties: { versions: [1.30] } (1.30 without quotes is the number 1.3)',
    fix: 'Follow the message; docs/check.md lists the properties.',
  },
  NoManifest: {
    cause: 'A document is no object of Kubernetes: it has no apiVersion, no kind, or is a plain text, a number or a list.',
    example: 'kind: Secret (and no apiVersion)',
    fix: 'Give it an apiVersion and a kind, or take it out of the input.',
  },
  WrongFieldType: {
    cause: 'A field holds a value of another type; the API server cannot read the manifest. In YAML, 5, true and null are no strings, and "0400" is no number.',
    example: 'env: [{ name: PORT, value: 8080 }]',
    fix: 'Quote strings, and leave numbers and booleans without quotes.',
  },
  FieldDropped: {
    cause: 'The API server knows the field, but its feature gate is off in this version: it empties the field before it validates the object, without a word.',
    example: 'volumes: [{ name: tools, image: { reference: tools:1 } }] on Kubernetes 1.34',
    fix: 'Leave the field out, or name with --kubernetes-version (versions) the versions that the manifests are for. Whoever turned the gate on may acknowledge it.',
    warns: true,
  },
  UnknownField: {
    cause: 'There is no such field, or not in every version that the manifests are for. kubectl refuses it; other clients drop it in silence.',
    example: 'volumes: [{ name: v, secret: { name: db } }] (the field is secretName)',
    fix: 'Correct the name, its upper and lower case too, or its place.',
    warns: 'where a newer version than those that are asked for has the field',
  },
  DuplicateField: {
    cause: 'A field stands twice in one map. kubectl refuses it; other readers take the last in silence.',
    example: 'data: { password: YQ==, password: Yg== }',
    fix: 'Remove one of them.',
  },
  RequiredField: {
    cause: 'A field that the API server requires is missing or empty.',
    example: 'volumes: [{ name: v, secret: {} }]',
    fix: 'Give it a value.',
  },
  UnsupportedValue: {
    cause: 'A field holds a value that is none of those it can have.',
    example: 'a Deployment with restartPolicy: Never',
    fix: 'Use one of the values in the message.',
  },
  OutOfRange: {
    cause: 'A number is smaller or larger than its field allows.',
    example: 'serviceAccountToken: { path: token, expirationSeconds: 60 }',
    fix: 'Use a number from the range in the message.',
  },
  ForbiddenField: {
    cause: 'A field cannot be used here, or not together with another one.',
    example: 'ephemeralContainers in a pod template',
    fix: 'Leave it out.',
  },
  MissingSource: {
    cause: 'An environment variable or a file names no source.',
    example: 'env: [{ name: A, valueFrom: {} }]',
    fix: 'Name one.',
  },
  AmbiguousSource: {
    cause: 'A volume, a variable or an entry names more than one source.',
    example: 'volumes: [{ name: v, secret: { secretName: db }, emptyDir: {} }]',
    fix: 'Leave all but one out.',
  },
  InvalidVolumeName: {
    cause: 'The name of a volume is no DNS label: lower case, no dots, at most 63 bytes. Names of Secrets may be longer and have dots, so one cannot always be made of the other.',
    example: 'volumes: [{ name: secret-my.secret, secret: … }]',
    fix: "Use lower-case letters, digits and '-'.",
  },
  InvalidContainerName: {
    cause: 'The name of a container is no DNS label: lower case, no dots, at most 63 bytes.',
    example: 'containers: [{ name: My_App, … }]',
    fix: "Use lower-case letters, digits and '-'.",
  },
  DuplicateContainer: {
    cause: 'Two containers of a pod, init containers included, have one name.',
    example: 'containers: [{ name: app, … }, { name: app, … }]',
    fix: 'Give one of them another name.',
  },
  UnknownVolume: {
    cause: 'A container mounts a volume that the pod does not have, or that the API server refuses for another reason.',
    example: 'volumeMounts: [{ name: creds, mountPath: /creds }] and no volume "creds"',
    fix: 'Add the volume, or use the name of one that there is.',
  },
  InvalidMountOption: {
    cause: 'A mount or a device has options that exclude each other, or that its container may not use.',
    example: 'subPath and subPathExpr in one mount',
    fix: 'Follow the message.',
  },
  InvalidPort: {
    cause: 'A port of a container is no port, or has a name that is none or is taken.',
    example: 'ports: [{ containerPort: 0 }]',
    fix: 'Use numbers from 1 to 65535 and names of at most 15 characters.',
  },
  SelectorMismatch: {
    cause: 'The selector of a workload does not select the pods of its template.',
    example: 'matchLabels: { app: web } with a template labelled app: api',
    fix: 'Make the two agree.',
  },
  AnnotationsTooLarge: {
    cause: 'The annotations of an object have more than 262,144 bytes together.',
    example: 'a certificate bundle in an annotation',
    fix: 'Keep large texts in a ConfigMap or a Secret.',
  },
  ConfigMapTooLarge: {
    cause: 'The values of one ConfigMap have more than 1,048,576 bytes together; the API server refuses it.',
    example: 'a 2 MiB file in binaryData',
    fix: 'Split it, or keep large files elsewhere.',
  },
  ImmutableField: {
    cause: 'A change that the API server refuses: the type of a Secret, the data of an immutable Secret or ConfigMap, the selector of a workload, the pod template of a Job, '
      + 'nearly all of a Pod, some fields of a StatefulSet, the role of a binding.',
    example: 'type: Opaque before, type: kubernetes.io/tls after',
    fix: 'Give the new object another name, or delete the old one first.',
  },
} as const satisfies Codes;
