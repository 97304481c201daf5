import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, listOf, mustKubectl } from './kubectl';

const FILE = join(__dirname, '..', 'conformance', 'node-cases.jsonl');

/** Reasons of a container that waits, and will wait for ever. */
const FAILED = /^(?:CreateContainerConfigError|CreateContainerError|RunContainerError|StartError)$/;
const ATTEMPTS = 20;

/** Runs the node cases that need no program of their own, and returns those that went otherwise than they were recorded. */
export function runNodeCases(namespace: string, image: string): string[] {
  const differences: string[] = [];
  for (const line of readFileSync(FILE, 'utf8').trimEnd().split('\n')) {
    const { id, objects, outcome } = JSON.parse(line);
    if (outcome === 'refused' || id === 'at-bin' || id === 'nonroot-no-user') continue;
    const pod = objects.find((object: any) => object.kind === 'Pod');
    for (const container of pod.spec.containers) Object.assign(container, { image, command: ['sleep', '60'] });
    mustKubectl(['apply', '-n', namespace, '-f', '-'], listOf(objects));
    const actual = outcomeOf(namespace, pod.metadata.name);
    if (actual !== outcome) differences.push(`${id}: ${actual}, and ${outcome} when it was recorded`);
    kubectl(['delete', 'pod', pod.metadata.name, '-n', namespace, '--wait=false', '--grace-period=0', '--force']);
  }
  return differences;
}

/** Whether the first container started, failed, or still has not started when the attempts are used up, as with a volume that is not there. */
function outcomeOf(namespace: string, name: string): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const status = JSON.parse(mustKubectl(['get', 'pod', name, '-n', namespace, '-o', 'json'])).status?.containerStatuses?.[0];
    if (status?.state?.running !== undefined) return 'started';
    if (status?.state?.terminated !== undefined) return 'failed';
    if (FAILED.test(status?.state?.waiting?.reason ?? '')) return 'failed';
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  return 'failed';
}
