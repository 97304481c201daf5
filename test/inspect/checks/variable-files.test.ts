import { Inspection } from '../../../src/app/inspection';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { pod } from '../manifests';
import { ERROR, testPairs } from '../pairs';

const { V1_35, V1_36, V1_37 } = KubernetesVersion;
const options = { versions: [V1_35, V1_36, V1_37] };
const fromFile = (more: any = {}) => ({ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'settings', path: 'app.env', key: 'KEY', ...more } } });
const mount = { name: 'settings', mountPath: '/settings' };
const volumes = [{ name: 'settings', emptyDir: {} }];
const reader = { env: [fromFile()] };
const writer = (more: any = {}) => ({ name: 'writer', image: 'w', volumeMounts: [{ ...mount, ...more }] });
const path = 'spec.containers[0].env[0].valueFrom.fileKeyRef';
const code = 'MissingVariableFile';

testPairs({
  'fails when no container mounts the volume of the file': {
    wrong: [pod(reader, { volumes })],
    right: [pod(reader, { volumes, initContainers: [writer()] })],
    code,
    severity: ERROR,
    path,
    says: ['no container mounts the volume "settings"'],
    options,
  },
  'fails when the container itself would have to write the file': {
    wrong: [pod({ ...reader, volumeMounts: [mount] }, { volumes })],
    right: [pod({ ...reader, volumeMounts: [mount] }, { volumes, initContainers: [writer()] })],
    code,
    severity: ERROR,
    path,
    says: ['no other container writes the file "app.env"'],
    options,
  },
  'fails when a key is optional and there is no file': {
    wrong: [pod({ env: [fromFile({ optional: true })] }, { volumes })],
    right: [pod({ env: [fromFile({ optional: true })] }, { volumes, initContainers: [writer()] })],
    code,
    severity: ERROR,
    path,
    options,
  },
  'fails when the others may only read the volume': {
    wrong: [pod(reader, { volumes, initContainers: [writer({ readOnly: true })] })],
    right: [pod(reader, { volumes, initContainers: [writer({ readOnly: false })] })],
    code,
    severity: ERROR,
    path,
    options,
  },
  'fails when an init container reads what a later one writes': {
    wrong: [pod({}, { volumes, initContainers: [{ name: 'i', image: 'i', ...reader }, writer()] })],
    right: [pod({}, { volumes, initContainers: [writer(), { name: 'i', image: 'i', ...reader }] })],
    code,
    severity: ERROR,
    path: 'spec.initContainers[0].env[0].valueFrom.fileKeyRef',
    options,
  },
});

test('an app container may wait for what another one writes', () => {
  const manifest = pod(reader, { volumes });
  manifest.spec.containers.push(writer());
  expect(Inspection.fromManifests([manifest], options).findings).toEqual([]);
});

test('a volume that can hold no such file is refused, and nothing more is said', () => {
  const { findings } = Inspection.fromManifests([pod(reader, { volumes: [{ name: 'settings', hostPath: { path: '/x' } }] })], options);
  expect(findings.map(finding => finding.code)).not.toContain(code);
});

describe('the view of a container', () => {
  const view = (manifest: any, container = 'c') => Inspection.fromManifests([manifest], options).container('Pod', 'p', container);

  test('shows the file and the key of a variable', () => {
    const { environment, failure } = view(pod({ env: [fromFile(), { ...fromFile({ optional: true }), name: 'B' }] }, { volumes, initContainers: [writer()] }));
    expect(environment).toEqual([
      { name: 'A', state: 'set', source: 'file', origin: 'settings/app.env', key: 'KEY', references: [], path: 'spec.containers[0].env[0]' },
      { name: 'B', state: 'unknown', source: 'file', origin: 'settings/app.env', key: 'KEY', references: [], path: 'spec.containers[0].env[1]' },
    ]);
    expect(failure).toBeUndefined();
  });

  test('has the words of the kubelet where there is no file', () => {
    expect(view(pod(reader, { volumes })).failure).toBe('cannot find the volume "settings" referenced by FileKeyRef');
    expect(view(pod({ ...reader, volumeMounts: [mount] }, { volumes })).failure).toBe("couldn't parse env file");
  });

  test('of an app container waits for an init container without its file', () => {
    const manifest = pod({}, { volumes, initContainers: [{ name: 'i', image: 'i', ...reader, volumeMounts: [mount] }] });
    expect(view(manifest).failure).toBe('the init container "i" does not start: couldn\'t parse env file');
  });
});

test('a variable out of a file that is not there is told with its container, in the versions that read such files', () => {
  const told = (manifest: any) => Inspection.fromManifests([manifest], { versions: [KubernetesVersion.V1_34, V1_35] }).findings
    .filter(finding => finding.code === code).map(({ message, versions }) => [message, versions]);
  expect(told(pod(reader, { volumes }))).toEqual([['the container "c" does not start: no container mounts the volume "settings"', [V1_35]]]);
  expect(told(pod({ ...reader, volumeMounts: [mount] }, { volumes }))).toEqual([
    ['the container "c" does not start: no other container writes the file "app.env" into the volume "settings" before it starts', [V1_35]],
  ]);
});
