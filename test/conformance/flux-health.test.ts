import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Testing } from 'cdk8s';
import { healthChecks } from '../../src/binding/flux-health';

interface Verdict {
  readonly apiVersion: string;
  readonly kind: string;
  readonly said: string;
  readonly current: string;
  /** What kstatus makes of such a status, and what Flux makes of it that has the expression. */
  readonly kstatus: string;
  readonly flux: string;
}

/** What kstatus of fluxcd/cli-utils 1.2.3, and the evaluator of fluxcd/pkg/runtime 0.110.3, say: both are in kustomize-controller 1.9.6. */
const VERDICTS = readFileSync(join(__dirname, 'flux-health.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Verdict);

const isReady = ({ said }: Verdict) => said.endsWith(' True');

test.each(VERDICTS)('Flux takes a $kind with $said for $flux', verdict => {
  const { apiVersion, kind, current, flux } = verdict;
  const object = new ApiObject(Testing.chart(), 'O', { apiVersion, kind });
  expect(healthChecks([object])).toEqual([{ apiVersion, kind, current }]);
  expect(flux === 'Current').toBe(isReady(verdict));
});

test('without the expression it would take objects for ready that are not, of every one of these kinds', () => {
  const early = VERDICTS.filter(verdict => verdict.kstatus === 'Current' && !isReady(verdict));
  expect(new Set(early.map(({ kind }) => kind))).toEqual(new Set(VERDICTS.map(({ kind }) => kind)));
  expect(early.some(({ kind, said }) => kind === 'SealedSecret' && said === 'Synced False')).toBe(true);
});

test('each kind is told once, in the order of their names, and nothing of other kinds', () => {
  const chart = Testing.chart();
  const kinds = [['external-secrets.io/v1', 'SecretStore'], ['external-secrets.io/v1', 'ExternalSecret'], ['v1', 'Secret'], ['external-secrets.io/v1', 'SecretStore']];
  const objects = kinds.map(([apiVersion, kind], index) => new ApiObject(chart, `O${index}`, { apiVersion, kind }));
  expect(healthChecks(objects).map(({ kind }) => kind)).toEqual(['ExternalSecret', 'SecretStore']);
});
