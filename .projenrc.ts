import { cdk8s, javascript, JsonFile, typescript } from 'projen';

/**
 * The layers of `src/`, lowest first. A file may import from its own layer and from lower ones, never upwards;
 * `docs/architecture.md` says why they stand in this order.
 */
const LAYERS = [
  ['errors'],
  ['kubernetes', 'schema', 'crd'],
  ['document'],
  ['inspect'],
  ['exposure'],
  ['report'],
  ['app'],
  ['change'],
  ['value'],
  ['delivery'],
  ['secret'],
  ['policy'],
  ['store'],
  ['generator'],
  ['binding'],
  ['workload'],
  ['openfaas', 'swarm', 'apolo'],
  ['cli'],
];

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-secrets',
  description: 'Kubernetes secrets for cdk8s: declared once, delivered per environment, bound to any workload, checked at synth',
  author: 'The cdk8s-secrets authors',
  authorAddress: 'authors@example.com',
  authorOrganization: true,
  repositoryUrl: 'https://example.com/cdk8s-secrets.git',
  keywords: ['cdk8s', 'kubernetes', 'secrets', 'sealed-secrets', 'external-secrets', 'openfaas'],
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),

  // The peers' floors are the versions that everything is compiled and tested against.
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  devDeps: [
    'cdk8s-plus-28@2.5.6', 'cdk8s-plus-33@^2.5.57', '@types/node@^20', 'cdk8s-cli@^2.207.60', 'fast-check@^4.10.2', 'recheck@^4.5.0', 'tsx',
    '@jridgewell/gen-mapping@^0.3.13', '@jridgewell/trace-mapping@^0.3.31',
  ],
  bin: { 'cdk8s-secrets': 'lib/cli/main.js' },
  // Reading YAML that nobody here made (checks, stack files) needs a real parser; it is bundled, jsii knows no other way.
  bundledDeps: ['yaml@^2.9.1'],

  // Nothing is published: the names of the other languages are neutral, and their packages are made by tools/languages.
  publishToPypi: { distName: 'cdk8s-secrets', module: 'cdk8s_secrets' },
  publishToMaven: { javaPackage: 'org.example.cdk8s.secrets', mavenGroupId: 'org.example', mavenArtifactId: 'cdk8s-secrets' },
  publishToGo: { moduleName: 'example.com/cdk8s-secrets-go', packageName: 'cdk8ssecrets' },

  // No forge is assumed: a version is cut by hand from CHANGELOG.md.
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,

  typecheckTests: true,
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    configFilePath: 'jest.config.json',
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/temp-folder-of-run.ts',
      moduleNameMapper: { '^cdk8s-secrets$': '<rootDir>/src' },
      collectCoverage: false,
    },
  },
  tsconfigDev: {
    compilerOptions: { paths: { 'cdk8s-secrets': ['../src'] } },
    include: ['../examples/**/*.ts', '../tools/**/*.ts', '../bench/**/*.ts', '../rosetta/**/*.ts'],
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'tools', 'bench'],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  gitignore: ['/examples/*/dist', '*.tgz', '*.tabl.json'],
  npmIgnoreOptions: { ignorePatterns: ['/.ci/', '/bench/', '/examples/*/__snapshots__/', '/examples/tsconfig.json', '/tools/', '/rosetta/', '*.tabl.json'] },
});

// Newer releases lack the prebuilt package of some platforms, and `npm ci` then refuses the lock file.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });

// tsc, tsx and eslint find the settings of a file in the nearest folder above it.
for (const folder of ['examples', 'tools', 'bench']) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    allowComments: false,
    obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'], exclude: ['**/dist'] },
  });
}

project.eslint!.addRules({
  'import/no-cycle': 'error',
  'import/no-restricted-paths': ['error', {
    zones: LAYERS.flatMap((layer, index) => layer.map(folder => ({
      target: `./src/${folder}`,
      from: LAYERS.flatMap((names, other) => names.filter(name => other > index || (other === index && name !== folder)))
        .map(name => `./src/${name}`).concat('./src/index.ts'),
      message: 'imports go one way, see docs/architecture.md',
    }))),
  }],
  'no-console': 'error',
});
project.eslint!.addOverride({ files: ['tools/**', 'bench/**', 'examples/**', 'test/cluster/**', 'test/matrix/**', 'test/differential/main.ts', 'test/attack/main.ts', 'test/mutation/main.ts', 'test/browser/main.ts'], rules: { 'no-console': 'off' } });
// Examples import the library by its own name, which only these settings resolve to src/, and which is sorted among the packages.
project.eslint!.config.settings['import/resolver'].typescript.project = './test/tsconfig.json';
project.eslint!.addRules({
  'import/order': ['warn', {
    groups: ['builtin', 'external'],
    pathGroups: [{ pattern: 'cdk8s-secrets', group: 'external' }],
    pathGroupsExcludedImportTypes: ['builtin'],
    alphabetize: { order: 'asc', caseInsensitive: true },
  }],
});

project.addTask('synth', {
  description: 'Synthesizes every example and prints a table of what was made',
  exec: 'tsx tools/synth-examples.ts',
  receiveArgs: true,
});
project.addTask('schema', {
  description: 'Makes src/schema/types.ts of the OpenAPI documents of Kubernetes in a folder, and asks what to look at',
  exec: 'tsx tools/schema.ts',
  receiveArgs: true,
});
project.addTask('bench', {
  description: 'Prints the benchmark tables (ratios measured in one run)',
  exec: 'tsx bench/main.ts',
  receiveArgs: true,
});

project.addTask('test:package', {
  description: 'Tests the packed tarball (npx projen package) in a fresh app',
  exec: "jest --ci --testMatch '<rootDir>/test/package/*.check.ts'",
  receiveArgs: true,
});

project.addTask('test:matrix', {
  description: 'Runs one program where users have the packed library: every cdk8s-plus, module system, test runner, bundler (some minutes)',
  exec: 'tsx --tsconfig test/tsconfig.json test/matrix/main.ts',
  receiveArgs: true,
});

project.addTask('attack', {
  description: 'Attacks the library: leaks, commands, inputs, killed processes; prints the figures of docs/security.md (some minutes)',
  exec: 'tsx --tsconfig test/tsconfig.json test/attack/main.ts',
  receiveArgs: true,
});
project.addTask('test:differential', {
  description: 'Compares what we read and make with the real programs, on random inputs; says what is skipped where there is no Go',
  exec: 'tsx --tsconfig test/tsconfig.json test/differential/main.ts',
  receiveArgs: true,
});

project.addTask('test:mutation', {
  description: 'Changes the rules in one small way after another, and prints the changes that no test sees; says what is skipped where Stryker is not installed',
  exec: 'tsx --tsconfig test/tsconfig.json test/mutation/main.ts',
  receiveArgs: true,
});

project.addTask('test:browser', {
  description: 'Opens the page of a report in Chromium, with 10, 100 and 1,000 Secrets; says what is skipped where there is none',
  exec: 'tsx --tsconfig test/tsconfig.json test/browser/main.ts',
  receiveArgs: true,
});

project.addTask('test:reproducible', {
  description: 'Builds the package of the last commit twice, and compares the tarballs (minutes)',
  exec: 'tsx tools/reproducible.ts',
});

project.addTask('test:cluster', {
  description: 'Asks the cluster of your KUBECONFIG whether it takes what the examples make, and grants what they grant',
  exec: 'tsx --tsconfig test/tsconfig.json test/cluster/main.ts',
  receiveArgs: true,
});

// What a module that is no more was compiled to must not be packed.
project.preCompileTask.exec('rm -rf lib', { name: 'Remove what was compiled before' });
project.addTask('test:python', {
  description: 'Runs a program in Python, whose output must be that of the same program in TypeScript (npx projen package)',
  exec: "jest --ci --testMatch '<rootDir>/test/languages/python.check.ts'",
  receiveArgs: true,
});
project.addTask('test:languages', {
  description: 'Runs the same program in Java and Go (npx projen package); takes some minutes',
  exec: "jest --ci --runInBand --testMatch '<rootDir>/test/languages/{go,java}.check.ts'",
  receiveArgs: true,
});

project.addTask('test:functions', {
  description: 'Runs the functions of the guides, as an example has them, in Go and Python',
  exec: "jest --ci --testMatch '<rootDir>/test/languages/functions.check.ts'",
  receiveArgs: true,
});

// API.md begins with what most programs need, and ends with the submodules.
project.tasks.tryFind('docgen')!.reset('tsx tools/api-doc.ts');
project.postCompileTask.exec('tsx tools/bundle-layers.ts lib', { name: 'Make one file of each layer, and load modules when they are first used' });
project.postCompileTask.exec('tsx tools/exposure-picture.ts', { name: 'Draw docs/exposure.svg' });
project.postCompileTask.exec('tsx tools/errors-doc.ts', { name: 'Generate docs/errors.md' });
project.postCompileTask.exec('tsx tools/cli-doc.ts', { name: 'Generate docs/cli.md' });

// README's first program is one for what `cdk8s init` makes: with the cdk8s-plus of today.
project.package.addField('jsiiRosetta', { exampleDependencies: { 'cdk8s-plus-33': '^2.5.57' } });

// The snippets of README and docstrings are compiled; only the js package is made (the others need their own toolchains).
project.postCompileTask.exec('tsx tools/snippets.ts', { name: 'Compile the snippets of README and docstrings' });
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.synth();
