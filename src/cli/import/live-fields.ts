import { isRecord, list, record } from '../../inspect/model/untyped';
import { LAST_APPLIED } from '../../kubernetes/last-applied';

type Fields = Readonly<Record<string, unknown>>;

/** With these the controller of Jobs finds its pods; the API server refuses them in a new Job. */
const JOB_LABELS: readonly string[] = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'];
const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** The volume with the token that the API server gives a pod. */
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;

/** What a cluster writes into the objects of a kind, beside their metadata and status. */
const WRITTEN_BY_KIND: Readonly<Record<string, (object: Fields) => Fields>> = {
  'batch/v1 Job': withoutGeneratedSelector,
  'v1 Namespace': object => withMetadata(without(object, 'spec'), metadata => ({ ...metadata, labels: without(metadata.labels, 'kubernetes.io/metadata.name') })),
  'v1 PersistentVolume': object => withSpec(object, spec => isRecord(spec.claimRef) ? { ...spec, claimRef: without(spec.claimRef, 'uid', 'resourceVersion') } : spec),
  'v1 PersistentVolumeClaim': object => BOUND_BY_CONTROLLER in record(record(object.metadata).annotations) ? withSpec(object, spec => without(spec, 'volumeName')) : object,
  'v1 Pod': object => withSpec(object, podSpec),
  'v1 Service': object => withSpec(object, spec => spec.clusterIP === 'None' || 'clusterIP' in appliedSpec(object) ? spec : without(spec, 'clusterIP', 'clusterIPs', 'healthCheckNodePort')),
};

/** An object of a cluster without the fields that a new one of its kind gets from the cluster that it is applied to. */
export function withoutLiveFields(object: Fields): Fields {
  const kind = `${String(object.apiVersion)} ${String(object.kind)}`;
  return Object.hasOwn(WRITTEN_BY_KIND, kind) ? WRITTEN_BY_KIND[kind](object) : object;
}

function withoutGeneratedSelector(object: Fields): Fields {
  if (record(object.spec).manualSelector === true) return object;
  const unlabelled = (metadata: Fields): Fields => 'labels' in metadata ? withLabels(metadata, without(metadata.labels, ...JOB_LABELS)) : metadata;
  return withSpec(withMetadata(object, unlabelled), spec => ({
    ...without(spec, 'manualSelector', 'selector'), ...isRecord(spec.template) ? { template: withMetadata(spec.template, unlabelled) } : {},
  }));
}

function withLabels(metadata: Fields, labels: Fields): Fields {
  return Object.keys(labels).length === 0 ? without(metadata, 'labels') : { ...metadata, labels };
}

function podSpec(spec: Fields): Fields {
  const isToken = (entry: unknown): boolean => TOKEN_VOLUME.test(String(record(entry).name));
  const withoutMount = (container: unknown): unknown => {
    const { volumeMounts, ...rest } = record(container);
    const mounts = list(volumeMounts).filter(mount => !isToken(mount));
    return { ...rest, ...mounts.length === 0 ? {} : { volumeMounts: mounts } };
  };
  const containers = ['initContainers', 'containers'].flatMap(name => Array.isArray(spec[name]) ? [[name, list(spec[name]).map(withoutMount)]] : []);
  const volumes = list(spec.volumes).filter(volume => !isToken(volume));
  return { ...without(spec, 'nodeName', 'volumes'), ...Object.fromEntries(containers), ...volumes.length === 0 ? {} : { volumes } };
}

/** The spec that kubectl has applied; empty where it is not known. */
function appliedSpec({ metadata }: Fields): Fields {
  const text = record(record(metadata).annotations)[LAST_APPLIED];
  try {
    return record(record(JSON.parse(String(text))).spec);
  } catch {
    return {};
  }
}

function withSpec(object: Fields, change: (spec: Fields) => Fields): Fields {
  return isRecord(object.spec) ? { ...object, spec: change(object.spec) } : object;
}

function withMetadata(object: Fields, change: (metadata: Fields) => Fields): Fields {
  return isRecord(object.metadata) ? { ...object, metadata: change(object.metadata) } : object;
}

function without(fields: unknown, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record(fields)).filter(([name]) => !names.includes(name)));
}
