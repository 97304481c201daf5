import { compile } from './compile';

/** Programs that compile, also with exactOptionalPropertyTypes. */
const RIGHT: Record<string, string> = {
  'keys that the compiler knows': `
    const db = Secret.typed(chart, 'Db', { data: { username: value, password: value }, immutable: true });
    SecretBinding.env('A', db.keys.password);
    const plain: Secret = db;
    const taken: secrets.ISecret = db;
    const imported = Secret.typedFromSecretName(chart, 'I', 'db', { keys: ['username', 'password'] });
    SecretBinding.file('/a', imported.keys.username);`,
  'keys that the compiler does not know': `
    const db = new Secret(chart, 'Db', { data: { password: value } });
    SecretBinding.env('A', db.key('anything'));`,
  'every secret as an ISecret of this library and of cdk8s-plus': `
    const username = value, password = value;
    const all = [
      new Secret(chart, 'A'), Secret.fromSecretName(chart, 'B', 'b'), Secret.fromEnvFile(chart, 'C', 'c'), Secret.fromDirectory(chart, 'D', 'd'),
      new secrets.TlsSecret(chart, 'E', { tlsCert: value, tlsKey: value }),
      new secrets.BasicAuthSecret(chart, 'F', { username, password }),
      new secrets.SshAuthSecret(chart, 'G', { privateKey: value }),
      new secrets.DockerConfigSecret(chart, 'H', { registries: [{ username, password }] }),
      new secrets.ServiceAccountTokenSecret(chart, 'I', { serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'J', 'robot') }),
      new secrets.BootstrapTokenSecret(chart, 'K', { tokenId: 'abcdef', tokenSecret: value }),
    ];
    for (const secret of all) {
      const ours: secrets.ISecret = secret;
      const theirs: kplus.ISecret = secret;
      kplus.EnvValue.fromSecretValue({ secret, key: 'a' });
      kplus.Env.fromSecret(secret);
      kplus.Volume.fromSecret(chart, 'V', secret);
      new kplus.Pod(chart, 'P', { dockerRegistryAuth: secret });
      new kplus.Role(chart, 'R').allowRead(secret);
    }`,
  'every binding and rollout as a mixin': `
    const db = Secret.fromSecretName(chart, 'Db', 'db');
    const volume = SecretVolume.fromSecrets(chart, 'V', [{ secret: db, items: { a: 'b' }, modes: { a: '0400' }, optional: true }], { mode: '0400', volumeName: 'v' });
    const containers = secrets.ContainerSelector.named('app');
    chart.with(
      SecretBinding.env('A', db.key('a'), { optional: true, containers }), SecretBinding.envFrom(db, { prefix: 'A_', optional: true, containers }),
      SecretBinding.files('/a', db, { items: { a: 'b' }, mode: '0400', containers }), SecretBinding.file('/b', db.key('a'), { mode: '0400' }),
      SecretBinding.volume('/c', volume, { containers }), SecretBinding.imagePull(db, db), secrets.SecretRollout.checksum(), secrets.SecretRollout.none(),
    );
    const storage: kplus.IStorage = volume;
    new kplus.Container({ image: 'a' }).mount('/c', volume);`,
  'the ready workloads with the props of cdk8s-plus': `
    const bindings = [SecretBinding.imagePull()];
    const containers = [{ image: 'a' }];
    const deployment: kplus.Deployment = secrets.SecretBinding.all(...bindings).bind(new kplus.Deployment(chart, 'D', { containers, replicas: 2 }));
    deployment.exposeViaService();
    deployment.with(secrets.SecretRollout.none());
    const pod: kplus.Pod = secrets.SecretBinding.imagePull().bind(new kplus.Pod(chart, 'P', { containers }));
    new secrets.SecretBackedFunction(chart, 'F', { name: 'f', image: 'f', secrets: [Secret.fromSecretName(chart, 'Db', 'db')] });`,
  'an error that is looked at': `
    try { chart.toJson(); } catch (error) {
      if (secrets.Errors.isSecretsError(error)) console.log((error as secrets.SecretsError).code, secrets.Errors.codeOf(error));
    }`,
};

/** Programs that do not compile, with what the compiler has against them. */
const WRONG: Record<string, [string, string]> = {
  'a misspelt key': [
    "Secret.typed(chart, 'Db', { data: { username: value, password: value } }).keys.passwrd;",
    "Property 'passwrd' does not exist on type '{ readonly username: SecretKey; readonly password: SecretKey; }'. Did you mean 'password'?",
  ],
  'a misspelt key of a secret that somebody else makes': [
    "Secret.typedFromSecretName(chart, 'I', 'db', { keys: ['username'] }).keys.usrname;",
    "Property 'usrname' does not exist on type '{ readonly username: SecretKey; }'. Did you mean 'username'?",
  ],
  'a key that is not declared': [
    "Secret.typed(chart, 'Db', { data: {} }).keys.password;",
    "Property 'password' does not exist on type '{}'.",
  ],
  'a plain text as value': [
    "new Secret(chart, 'Db', { data: { password: 'text' } });",
    `Type '"text"' is not assignable to type '${'SensitiveValue | "a plain text is refused: '}`
      + "give SensitiveValue.fromEnvironment, .fromFile, .fromBase64 or .fromLiteral\"'.",
  ],
  'a variable of the environment that may not be set': [
    'SensitiveValue.fromLiteral(process.env.PASSWORD);',
    "Argument of type 'string | undefined' is not assignable to parameter of type 'string'. Type 'undefined' is not assignable to type 'string'.",
  ],
  'a mode that is a number': [
    "SecretBinding.files('/a', Secret.fromSecretName(chart, 'I', 'db'), { mode: 0o400 });",
    "Type 'number' is not assignable to type 'string'.",
  ],
  'a key in place of a reference': [
    "SecretBinding.env('A', 'password');",
    "Argument of type 'string' is not assignable to parameter of type 'SecretKey'.",
  ],
  'a secret of cdk8s-plus, which has no keys': [
    "SecretBinding.envFrom(new kplus.Secret(chart, 'S'));",
    "Type 'Secret' is missing the following properties from type 'ISecret': grants, key",
  ],
  'a key that is added to a TLS secret': [
    "new secrets.TlsSecret(chart, 'T', { tlsCert: value, tlsKey: value }).addData('a', value);",
    "Property 'addData' does not exist on type 'TlsSecret'.",
  ],
  'a value that is made by hand': [
    'new SensitiveValue();',
    "Constructor of class 'SensitiveValue' is private and only accessible within the class declaration.",
  ],
  'the keys of a typed secret that are written to': [
    "Secret.typed(chart, 'Db', { data: { a: value } }).keys.a = Secret.fromSecretName(chart, 'I', 'db').key('a');",
    "Cannot assign to 'a' because it is a read-only property.",
  ],
};

const messages = compile({ ...RIGHT, ...Object.fromEntries(Object.entries(WRONG).map(([name, [program]]) => [name, program])) });

test.each(Object.keys(RIGHT))('compiles: %s', name => {
  expect(messages[name]).toEqual([]);
});

test.each(Object.entries(WRONG))('does not compile: %s', (name, [, message]) => {
  expect(messages[name]).toEqual([expect.stringContaining(message)]);
});
