import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runGenerations } from './generations';
import { kubectl, listOf, mustKubectl } from './kubectl';
import { inNamespace, objectsIn, renderedExamples, ROOT, type Rendered } from './manifests';
import { runNodeCases } from './node-cases';
import { runPolicies } from './policies';
import { ScriptRun } from './scripts';
import { runUpdates } from './updates';
import { renderTable } from '../../tools/table';

const HELP = `Usage: npm run test:cluster [-- --crds FOLDER] [--image IMAGE]

Asks a cluster of yours, by kubectl and KUBECONFIG: does it take what the examples make, strictly, applied on the client's side and on the server's,
does it grant what they grant, do the scripts of "commands … --for kubectl" do what they say, does it refuse the
changes that diff says, and what exported policies forbid? Does --prune leave what it left when that was recorded? In a namespace of its own, which it removes, with every CRD that it installed.

  --crds   a folder of CRDs, instead of those of test/conformance/crd
  --image  an image with the program sleep: where the cluster has nodes, the recorded pods run with it as well
  --help   this text`;

const COLUMNS = [{ title: 'manifests' }, { title: 'objects', align: 'right' as const }, { title: 'client side' }, { title: 'server side' }];
const MODES = [[], ['--server-side']];

/** The CRDs that objects need and the cluster lacks, and kinds for which there is none at all. */
function neededCrds(rendered: readonly Rendered[], folder: string): { missing: any[]; unknown: Set<string> } {
  const kindOf = (object: any) => `${object.apiVersion.split('/')[0]} ${object.kind}`;
  const custom = new Set(rendered.flatMap(({ objects }) => objects).filter(({ apiVersion }) => /\..*\//.test(apiVersion) && !/\.k8s\.io\//.test(apiVersion)).map(kindOf));
  const crds = readdirSync(folder).filter(file => file.endsWith('.yaml')).flatMap(file => objectsIn(join(folder, file)));
  const missing: any[] = [];
  const unknown = new Set<string>();
  for (const kind of custom) {
    const [group, name] = kind.split(' ');
    const crd = crds.find(({ spec }) => spec.group === group && spec.names.kind === name);
    const served = kubectl(['api-resources', '--api-group', group, '-o', 'name']).stdout.split('\n');
    if (crd === undefined) {
      if (!served.some(line => line.startsWith(`${name.toLowerCase()}s.`))) unknown.add(kind);
    } else if (!served.includes(crd.metadata.name)) {
      missing.push(crd);
    }
  }
  return { missing, unknown };
}

/** One row, and what was refused. */
function applied({ title, objects }: Rendered, namespace: string, unknown: ReadonlySet<string>): { row: string[]; refused: string[] } {
  const readable = objects.filter(({ sops }) => sops === undefined);
  const known = readable.filter(object => !unknown.has(`${object.apiVersion.split('/')[0]} ${object.kind}`));
  const skipped = [[readable.length - known.length, 'no CRD'], [objects.length - readable.length, 'encrypted by SOPS']]
    .filter(([count]) => count !== 0).map(([count, why]) => `, ${count} skipped: ${why}`).join('');
  const list = listOf(known.map(object => inNamespace(object, namespace)));
  const refused: string[] = [];
  const words = MODES.map(mode => {
    if (known.length === 0) return skipped.slice(', '.length);
    const { ok, stderr } = kubectl(['apply', ...mode, '--dry-run=server', '--validate=strict', '-n', namespace, '-f', '-'], list);
    if (!ok) refused.push(`${title} (${mode[0] ?? '--client-side'}):\n${stderr.trim()}`);
    return ok ? `taken${skipped}` : 'REFUSED';
  });
  return { row: [title, String(objects.length), ...words], refused };
}

/** Asks for everything that roles grant, and for one thing that they do not. */
function grants(rendered: readonly Rendered[], namespace: string): { asked: number; wrong: string[] } {
  const wrong: string[] = [];
  let asked = 0;
  for (const { title, objects } of rendered) {
    const roles = objects.filter(({ kind }) => kind === 'Role').map(object => inNamespace(object, namespace));
    const bindings = objects.filter(({ kind }) => kind === 'RoleBinding').map(object => inNamespace(object, namespace));
    if (bindings.length === 0) continue;
    mustKubectl(['apply', '-n', namespace, '-f', '-'], listOf([...roles, ...bindings]));
    const as = ({ kind, name }: any) => kind === 'Group' ? ['--as', 'somebody', '--as-group', name] : ['--as', kind === 'User' ? name : `system:serviceaccount:${namespace}:${name}`];
    const ask = (verb: string, what: string, subject: any, expected: boolean) => {
      asked++;
      const { stdout } = kubectl(['auth', 'can-i', verb, what, '-n', namespace, ...as(subject)]);
      if (stdout.trim().startsWith('yes') !== expected) wrong.push(`${title}: ${subject.name} ${expected ? 'cannot' : 'can'} ${verb} ${what}`);
    };
    for (const { roleRef, subjects = [] } of bindings) {
      const role = roles.find(candidate => candidate.metadata.name === roleRef.name);
      for (const { verbs, resources, resourceNames = [''] } of role?.rules ?? []) {
        for (const subject of subjects) {
          for (const verb of verbs) for (const resource of resources) for (const of of resourceNames) ask(verb, of === '' ? resource : `${resource}/${of}`, subject, true);
          ask('delete', 'secrets/not-granted', subject, false);
        }
      }
    }
  }
  return { asked, wrong };
}

/** Waits until the cluster has made the ServiceAccount of every namespace. */
function waitForServiceAccount(namespace: string): void {
  for (let attempt = 0; attempt < 60 && !kubectl(['get', 'serviceaccount', 'default', '-n', namespace]).ok; attempt++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
}

function check(namespace: string, crds: string, image: string | undefined, installed: string[]): boolean {
  const rendered = renderedExamples();
  const { missing, unknown } = neededCrds(rendered, crds);
  for (const crd of missing) {
    mustKubectl(['create', '-f', '-'], crd);
    installed.push(crd.metadata.name);
    mustKubectl(['wait', '--for=condition=Established', '--timeout=60s', `crd/${crd.metadata.name}`]);
  }
  waitForServiceAccount(namespace);
  const accounts = rendered.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'ServiceAccount').map(object => inNamespace(object, namespace));
  if (accounts.length > 0) mustKubectl(['apply', '-n', namespace, '-f', '-'], listOf(accounts));
  const results = rendered.map(each => applied(each, namespace, unknown));
  const { asked, wrong } = grants(rendered, namespace);
  console.log(renderTable(COLUMNS, results.map(({ row }) => row)));
  console.log(`\n${missing.length} CRDs installed for it. ${asked} grants asked for, ${wrong.length} wrong.`);
  if (unknown.size > 0) console.log(`No CRD for ${[...unknown].join(', ')}: give a folder that has it with --crds.`);
  const scripts = new ScriptRun(namespace).run();
  console.log(scripts.summary);
  const updates = runUpdates(namespace);
  console.log(updates.summary);
  const generations = runGenerations(namespace);
  console.log(generations.summary);
  const policies = runPolicies(namespace);
  console.log(policies.summary);
  const problems = [
    ...results.flatMap(({ refused }) => refused), ...wrong, ...scripts.wrong, ...updates.wrong, ...generations.wrong, ...policies.wrong,
  ];
  const nodes = kubectl(['get', 'nodes', '-o', 'name']).stdout.trim();
  if (nodes === '') console.log('Pods were not run: the cluster has no node.');
  else if (image === undefined) console.log('Pods were not run: name an image with --image.');
  else problems.push(...runNodeCases(namespace, image));
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

function main(): void {
  const { values } = parseArgs({ options: { crds: { type: 'string' }, image: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  if (process.env.KUBECONFIG === undefined) return console.log('skipped: KUBECONFIG is not set');
  const reached = kubectl(['version', '-o', 'json']);
  if (!reached.ok) return console.log(`skipped: there is no kubectl, or no cluster that it reaches\n${reached.stderr}`);
  console.log(`Kubernetes ${JSON.parse(reached.stdout).serverVersion.gitVersion}\n`);
  const namespace = `cdk8s-secrets-test-${process.pid}`;
  const installed: string[] = [];
  mustKubectl(['create', 'namespace', namespace]);
  try {
    if (!check(namespace, values.crds ?? join(ROOT, 'test', 'conformance', 'crd'), values.image, installed)) process.exitCode = 1;
  } finally {
    kubectl(['delete', 'namespace', namespace, '--wait=false']);
    for (const name of installed) kubectl(['delete', 'crd', name, '--wait=false']);
  }
}

main();
