import { Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const CONTAINERS: kplus.AbstractPodProps = {
  containers: [{ name: 'app', image: 'app', portNumber: 80 }, { name: 'helper', image: 'helper' }],
  initContainers: [{ name: 'setup', image: 'setup' }],
  // lets containers that are not root read files of every mode
  securityContext: { fsGroup: 1000 },
};

type Maker = (scope: Construct, id: string, props?: kplus.AbstractPodProps) => kplus.AbstractPod;

const MAKERS: Record<string, Maker> = {
  Pod: (scope, id, props) => new kplus.Pod(scope, id, { ...CONTAINERS, ...props }),
  Deployment: (scope, id, props) => new kplus.Deployment(scope, id, { ...CONTAINERS, ...props }),
  StatefulSet: (scope, id, props) => new kplus.StatefulSet(scope, id, { ...CONTAINERS, ...props }),
  DaemonSet: (scope, id, props) => new kplus.DaemonSet(scope, id, { ...CONTAINERS, ...props }),
  Job: (scope, id, props) => new kplus.Job(scope, id, { ...CONTAINERS, ...props }),
  CronJob: (scope, id, props) => new kplus.CronJob(scope, id, { ...CONTAINERS, ...props, schedule: Cron.daily() }),
};

/** The kinds of workloads that cdk8s-plus has. */
export const KINDS = Object.keys(MAKERS);

/** A workload with the app containers `app` and `helper` and the init container `setup`. */
export function newWorkload(kind: string, scope: Construct, id = 'W', props?: kplus.AbstractPodProps): kplus.AbstractPod {
  return MAKERS[kind](scope, id, props);
}

/** The pod template in the manifest of a workload; of a Pod, the manifest itself. */
export function podTemplateOf(manifest: any): any {
  switch (manifest.kind) {
    case 'Pod': return manifest;
    case 'CronJob': return manifest.spec.jobTemplate.spec.template;
    default: return manifest.spec.template;
  }
}
