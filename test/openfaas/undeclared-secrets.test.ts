import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Inspection, Secret, SecretBackedFunction, SensitiveValue } from '../../src/index';
import { OpenFaasStack, type OpenFaasStackFromFileProps } from '../../src/openfaas/openfaas-stack';
import { FunctionForm } from '../../src/workload/function-form';
import { run } from '../cli/run';
import { tempFolder } from '../support/temp-folder';

const NAMESPACE = 'openfaas-fn';
const value = SensitiveValue.fromLiteral('v4lue-of-a-secret');
const FORMS = [['a Deployment', FunctionForm.deployment()], ['a Function', FunctionForm.customResource()]] as const;

/** An app with the functions of a stack file, and what else it declares. */
function appOf(
  functions: string, propsOf: (chart: Chart) => Partial<OpenFaasStackFromFileProps> = () => ({}), declare: (chart: Chart) => void = () => {},
): App {
  const app = new App({ outdir: join(tempFolder(), 'dist') });
  const chart = new Chart(app, 'fn', { namespace: NAMESPACE });
  const path = join(tempFolder({ 'stack.yaml': `provider: {name: openfaas}\nfunctions: ${functions}\n` }), 'stack.yaml');
  OpenFaasStack.fromFile(chart, 'Stack', { path, ...propsOf(chart) });
  declare(chart);
  return app;
}

const GHOST = {
  code: 'UndeclaredFunctionSecret',
  severity: 'warning',
  message: 'the function "f" names the secret "ghost", which nothing here declares; it must exist when the function is deployed',
  next: 'declare it, or make it: faas-cli secret create ghost --namespace openfaas-fn --from-file=FILE, '
    + 'or kubectl create secret generic ghost --namespace openfaas-fn --from-file=ghost=FILE',
};

type Told = Pick<Inspection['findings'][number], 'code' | 'severity' | 'path' | 'message' | 'next'>;
const told = ({ code, severity, path, message, next }: Told): Told => ({ code, severity, path, message, next });

/** What synth says, and what `check` says of what it wrote: of the folder, and of the manifests alone. */
async function saidBy(app: App): Promise<Told[][]> {
  const { write } = process.stderr;
  process.stderr.write = () => true;
  try {
    app.synth();
  } finally {
    process.stderr.write = write;
  }
  const synth = Inspection.fromApp(app).findings.map(told);
  const check = async (args: string[], input?: string) => JSON.parse((await run(['check', '--format', 'json', ...args], { input })).stdout).findings.map(told);
  return [synth, await check([app.outdir]), await check(['-'], readFileSync(join(app.outdir, 'fn.k8s.yaml'), 'utf8'))];
}

test.each(FORMS)('synth and check say the same of a secret that nothing declares: the function as %s', async (_, form) => {
  const app = appOf('{f: {image: x, secrets: [ghost]}}', () => ({ form }));
  const [synth, ...checks] = await saidBy(app);
  expect(synth).toEqual([{ ...GHOST, path: expect.stringMatching(/^spec\./) }]);
  for (const check of checks) expect(check).toEqual(synth);
});

test.each(FORMS)('synth and check say nothing of a secret that is declared, wherever in the app: the function as %s', async (_, form) => {
  const app = appOf('{f: {image: x, secrets: [ghost]}}', () => ({ form }), chart => {
    new Secret(chart, 'Later', { metadata: { name: 'ghost' }, data: { ghost: value } });
  });
  expect(await saidBy(app)).toEqual([[], [], []]);
});

test('synth, and check of its folder, say nothing of a secret that is said to exist; the manifests alone do not know it', async () => {
  const app = appOf('{f: {image: x, secrets: [ghost]}}', chart => ({ secrets: [Secret.fromSecretName(chart, 'Ghost', 'ghost')] }));
  expect(await saidBy(app)).toEqual([[], [], [expect.objectContaining({ code: 'UndeclaredFunctionSecret' })]]);
});

test('every function that names the secret is told, and a slip is taken for one', async () => {
  const app = appOf('{f: {image: x, secrets: [ghost]}, g: {image: x, secrets: [ghots]}}', () => ({}), chart => {
    const ghost = new Secret(chart, 'S', { metadata: { name: 'ghosts' }, data: { ghosts: value } });
    new SecretBackedFunction(chart, 'H', { name: 'h', image: 'x', secrets: [ghost] });
  });
  const [synth, ...checks] = await saidBy(app);
  expect(synth.map(({ code, next }) => [code, next.slice(0, 24)])).toEqual([
    ['UndeclaredFunctionSecret', 'did you mean "ghosts"? O'], ['UndeclaredFunctionSecret', 'did you mean "ghosts"? O'],
  ]);
  for (const check of checks) expect(check).toEqual(synth);
});

test('a strict check of the manifests alone takes it for an error, and one that ignores it says nothing', async () => {
  const app = appOf('{f: {image: x, secrets: [ghost]}}');
  await saidBy(app);
  const input = readFileSync(join(app.outdir, 'fn.k8s.yaml'), 'utf8');
  const codes = async (mode: string, where: string) =>
    JSON.parse((await run(['check', '--format', 'json', '--missing-secrets', mode, where], { input })).stdout).findings.map(({ code, severity }: Told) => [code, severity]);
  expect(await codes('error', '-')).toEqual([['UnknownSecret', 'error']]);
  expect(await codes('error', app.outdir)).toEqual([['UndeclaredFunctionSecret', 'warning']]);
  expect(await codes('ignore', '-')).toEqual([]);
  expect(await codes('ignore', app.outdir)).toEqual([]);
});
