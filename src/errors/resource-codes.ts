import type { Codes } from './codes';

/** Codes of the custom resources that make Secrets: what their definitions and their operators refuse, and what goes wrong with them in silence. */
export const RESOURCE_CODES = {
  UnservedVersion: {
    cause: 'The operator no longer serves this version of its resource: the API server says that it knows no such kind.',
    example: 'apiVersion: external-secrets.io/v1beta1 (not served since External Secrets 0.17)',
    fix: 'Write the version in the message. Where an old operator is meant to stay, acknowledge the finding.',
  },
  InvalidFormat: {
    cause: 'A text has not the form that the definition of the custom resource, or its operator, asks for.',
    example: 'a VaultStaticSecret with refreshAfter: 1h30m (only one unit is allowed)',
    fix: 'Follow the message.',
  },
  ConflictingFields: {
    cause: 'Fields of a custom resource exclude each other, or one of several is needed and there is none.',
    example: 'a GitlabDeployToken with projectID and groupID',
    fix: 'Follow the message.',
    warns: 'where one only has no effect beside the other',
  },
  UnknownSecretStore: {
    cause: 'An ExternalSecret or PushSecret names a store that no manifest makes, or one in another namespace. The operator makes no Secret until there is one.',
    example: 'secretStoreRef: { name: vautl, kind: ClusterSecretStore } where the store is called "vault"',
    fix: 'Correct the name or the kind, or add the store. Where it exists in the cluster, acknowledge the finding.',
    warns: 'in an app, and in a repository without --missing-secrets error',
  },
  UnknownGenerator: {
    cause: 'An ExternalSecret or PushSecret names a generator that no manifest makes.',
    example: 'generatorRef: { kind: Password, name: pwd } where the Password is called "pw"',
    fix: 'Correct the name or the kind, or add the generator. Where it exists in the cluster, acknowledge the finding.',
    warns: 'in an app, and in a repository without --missing-secrets error',
  },
  RegeneratedSecret: {
    cause: 'A generator without a memory makes a new value at every refresh: by default, every hour there is a new password, which whoever was given the old one does not know.',
    example: 'an ExternalSecret with dataFrom of a Password and refreshPolicy: Periodic',
    fix: 'Make the value once: refreshPolicy: CreatedOnce, target.immutable: true and creationPolicy: Orphan. To keep it when the cluster is lost, push it into a store with a PushSecret (updatePolicy: IfNotExists), and read it from there.',
    warns: 'where something says when values are fetched; a delivery that says nothing of it is refused',
  },
  ExpiredToken: {
    cause: 'A generator makes a token that its issuer ends after a fixed time, and the ExternalSecret asks for the next one later than that, or never: in between, images cannot be pulled, or calls are refused.',
    example: 'an ExternalSecret with dataFrom of an ECRAuthorizationToken (12 hours) and refreshInterval: 24h',
    fix: 'Ask more often: refreshPolicy: Periodic, with a refreshInterval of half the time or less.',
    warns: 'in a manifest; the delivery `external` refuses it',
  },
  InvalidTemplate: {
    cause: 'A text that the operator reads as a Go template is none: an action that is not closed, a function that there is not. The operator makes no Secret.',
    example: 'url: postgres://{{ .user }:{{ .password }}@db',
    fix: 'Correct the template at the place in the message.',
  },
  UnknownTemplateKey: {
    cause: 'A template uses a key that nothing fetches. The operator stops with "map has no entry for key", and makes no Secret.',
    example: 'a template {{ .passwrd }} where data fetches "password"',
    fix: 'Correct the key, or fetch it.',
    warns: 'where the template goes on with an empty value',
  },
  InvalidSealedValue: {
    cause: 'A value of a SealedSecret cannot be one that kubeseal made: it is no base64, too short, cut off, or encrypted for a key of another length. The controller decrypts all values or none.',
    example: 'encryptedData: { password: s3cr3t }',
    fix: 'Seal the value again, with the certificate of the controller: kubeseal --fetch-cert > pub-cert.pem.',
  },
  UnfetchedObject: {
    cause: 'A Secret is to be made of an object that the SecretProviderClass does not fetch: the Secret is not made.',
    example: "secretObjects: [{ data: [{ objectName: db-pw, key: password }] }] where the parameters fetch 'db-password'",
    fix: 'Correct the objectName (where there is an alias, it is the alias), or add the object to the parameters.',
  },
} as const satisfies Codes;
