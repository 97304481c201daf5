import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { kubectl, listOf, mustKubectl } from './kubectl';
import { ROOT } from './manifests';
import { PolicyPack, PolicyTarget, SecretPolicy } from '../../src';

/** An object, and whether the policy of a code refuses it. */
interface PolicyCase {
  readonly id: string;
  readonly code: string;
  readonly manifest: any;
  /** What the cluster has of it since before there were policies. */
  readonly oldManifest?: any;
  readonly refused: boolean;
}

/** Has a cluster enforce the policies that it can: does it refuse what we say, and take the rest? What it says is recorded in test/conformance/admission-policies.jsonl. */
export function runPolicies(namespace: string): { summary: string; wrong: string[] } {
  const cases: PolicyCase[] = readFileSync(join(ROOT, 'test', 'conformance', 'admission-policies.jsonl'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
  const name = (object: any, index: number) => ({ ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-${index}` } });
  const olds = cases.flatMap(({ oldManifest }, index) => oldManifest === undefined ? [] : [name(oldManifest, index)]);
  mustKubectl(['apply', '-n', namespace, '-f', '-'], listOf(olds));
  const policies = policiesFor(namespace);
  mustKubectl(['apply', '-f', '-'], listOf(policies));
  try {
    waitForPolicies(namespace);
    const wrong = cases.flatMap(({ id, code, manifest, oldManifest, refused }, index) => {
      const { ok, stderr } = kubectl([oldManifest === undefined ? 'create' : 'apply', '--dry-run=server', '-n', namespace, '-f', '-'], name(manifest, index));
      const says = !ok && stderr.includes(`${code}: `);
      if (!ok && !says) return [`${id}: ${stderr.trim()}`];
      return says === refused ? [] : [`${id}: the cluster ${says ? 'refuses' : 'takes'} it`];
    });
    const warnings = mustKubectl(['get', 'validatingadmissionpolicies', '-o', 'jsonpath={range .items[*]}{.status.typeChecking.expressionWarnings}{end}']).trim();
    return { summary: `${cases.length} objects tried against ${policies.length / 2} policies.`, wrong: [...wrong, ...warnings === '' ? [] : [warnings]] };
  } finally {
    kubectl(['delete', '-f', '-'], listOf(policies));
  }
}

function policiesFor(namespace: string): any[] {
  const app = new App();
  const chart = new Chart(app, 'policies');
  const policy = SecretPolicy.of(chart);
  policy.filesOnly();
  policy.maxMode('0440');
  policy.requireImmutable();
  policy.require(PolicyPack.RBAC);
  policy.exportTo(chart, PolicyTarget.validatingAdmissionPolicy({ namespaces: [namespace], namePrefix: `test-${namespace}` }));
  return chart.toJson();
}

/** An API server sees new policies after some seconds. */
function waitForPolicies(namespace: string): void {
  const violation = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'wait' } };
  for (let attempt = 0; attempt < 60; attempt++) {
    if (!kubectl(['create', '--dry-run=server', '-n', namespace, '-f', '-'], violation).ok) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
}
