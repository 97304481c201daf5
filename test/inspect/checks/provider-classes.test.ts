import { keyRef, pod } from '../manifests';
import { ERROR, testPairs, WARNING } from '../pairs';

const CLASS = {
  apiVersion: 'secrets-store.csi.x-k8s.io/v1',
  kind: 'SecretProviderClass',
  metadata: { name: 'db' },
  spec: { provider: 'other', secretObjects: [{ secretName: 'db', type: 'Opaque', data: [{ objectName: 'password', key: 'password' }] }] },
};
const env = [keyRef('A', 'db', 'password')];
const mounts = (csi: any, container: any = {}, name = 'p') => pod({ volumeMounts: [{ name: 'v', mountPath: '/mnt' }], ...container }, {
  volumes: [{ name: 'v', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'db' }, ...csi } }],
}, { name });

testPairs({
  'a volume of the driver is only read': { wrong: [CLASS, mounts({ readOnly: undefined })], right: [CLASS, mounts({})], code: 'InvalidProviderClass', severity: ERROR, path: 'spec.volumes[0].csi.readOnly' },
  'a volume of the driver names a class': {
    wrong: [CLASS, mounts({ volumeAttributes: {} })],
    right: [CLASS, mounts({})],
    code: 'InvalidProviderClass',
    severity: ERROR,
    path: 'spec.volumes[0].csi.volumeAttributes[secretProviderClass]',
  },
  'a volume of the driver names a class that there is': {
    wrong: [CLASS, mounts({ volumeAttributes: { secretProviderClass: 'bd' } })],
    right: [CLASS, mounts({})],
    code: 'UnknownProviderClass',
    severity: WARNING,
    path: 'spec.volumes[0].csi.volumeAttributes[secretProviderClass]',
  },
  'a Secret of the driver needs a mount': {
    wrong: [CLASS, pod({ env })], right: [CLASS, mounts({}, { env })], code: 'SecretNeedsMount', severity: ERROR, path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
  'a Secret of the driver needs the mount of any pod': {
    wrong: [CLASS, pod({ env })], right: [CLASS, pod({ env }), mounts({}, {}, 'q')], code: 'SecretNeedsMount', severity: ERROR, path: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
});
