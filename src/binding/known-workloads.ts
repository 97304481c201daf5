import type { ApiObject } from 'cdk8s';

/** The kinds of Kubernetes that have pods. */
const WORKLOADS: ReadonlySet<string> = new Set([
  'Pod', 'PodTemplate', 'ReplicationController', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob',
]);

/** The API groups of Kubernetes itself, whose kinds are all known: those without a dot, and `*.k8s.io`. */
const OWN_GROUP = /^(?:[a-z0-9]+\/)?v\d[a-z0-9]*$|^[a-z0-9.-]+\.k8s\.io\//;

/** Whether an object is of a kind of Kubernetes that has pods. */
export function isWorkload(object: ApiObject): boolean {
  return WORKLOADS.has(object.kind) && OWN_GROUP.test(object.apiVersion);
}

/** Whether it is known that an object has no pods. What a custom resource holds is seen when it is rendered. */
export function hasNoPods(object: ApiObject): boolean {
  return !WORKLOADS.has(object.kind) && OWN_GROUP.test(object.apiVersion);
}
