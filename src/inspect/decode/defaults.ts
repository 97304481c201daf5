/** What the API server puts in place of a field that is not there: a value, or what it is made of by what stands beside it. */
type Default = string | number | boolean | object | ((beside: Readonly<Record<string, unknown>>) => unknown);

const MODE = 0o644;
const PULL_ALWAYS = 'Always';
const PULL_IF_MISSING = 'IfNotPresent';

/** Whether an image has no tag, or the tag `latest`: then it is always pulled. */
function pullPolicy(image: unknown): string {
  if (typeof image !== 'string') return PULL_ALWAYS;
  const [name, digest] = image.split('@');
  const tag = /:([^/:]*)$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  return tag === 'latest' || (tag === undefined && digest === undefined) ? PULL_ALWAYS : PULL_IF_MISSING;
}

const CONTAINER: Readonly<Record<string, Default>> = {
  imagePullPolicy: ({ image }) => pullPolicy(image),
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

/** The defaults of pods and workloads, by type and field: `SetDefaults_…` in `pkg/apis/{core,apps,batch}/v1` of Kubernetes 1.28 to 1.37. */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
  PodSpec: {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    serviceAccount: ({ serviceAccountName }) => serviceAccountName,
    serviceAccountName: ({ serviceAccount }) => serviceAccount,
  },
  Container: CONTAINER,
  EphemeralContainer: CONTAINER,
  Volume: { emptyDir: volume => Object.entries(volume).every(([field, value]) => field === 'name' || value === undefined || value === null) ? {} : undefined },
  ContainerPort: { protocol: 'TCP' },
  Probe: { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 },
  HTTPGetAction: { path: '/', scheme: 'HTTP' },
  ObjectFieldSelector: { apiVersion: 'v1' },
  ResourceFieldSelector: { divisor: '0' },
  SecretVolumeSource: { defaultMode: MODE },
  ConfigMapVolumeSource: { defaultMode: MODE },
  DownwardAPIVolumeSource: { defaultMode: MODE },
  ProjectedVolumeSource: { defaultMode: MODE },
  ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  ISCSIVolumeSource: { iscsiInterface: 'default' },
  RBDVolumeSource: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  AzureDiskVolumeSource: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared', readOnly: false },
  ScaleIOVolumeSource: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
  ImageVolumeSource: { pullPolicy: ({ reference }) => pullPolicy(reference) },
  PersistentVolumeClaim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  StatefulSetSpec: { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10 },
  JobSpec: {
    backoffLimit: ({ backoffLimitPerIndex }) => backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
    completionMode: 'NonIndexed',
    completions: ({ parallelism }) => parallelism === undefined ? 1 : undefined,
    parallelism: 1,
  },
};

/** Fields in which `false`, `0` or an object without fields is as good as nothing: they are no pointers in the API server. */
export const PLAIN_FIELDS: ReadonlySet<string> = new Set([
  'hostNetwork', 'hostPID', 'hostIPC', 'stdin', 'stdinOnce', 'tty', 'readOnly', 'paused',
  'initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold', 'hostPort', 'containerPort', 'minReadySeconds',
  'resources', 'metadata', 'spec', 'template', 'status', 'strategy', 'updateStrategy', 'partition',
]);

/** Types whose field of such a name is a pointer all the same. */
export const POINTERS: ReadonlySet<string> = new Set(['CSIVolumeSource.readOnly', 'AzureDiskVolumeSource.readOnly', 'PodSpec.resources', 'PersistentVolumeClaimSpec.storageClassName']);
