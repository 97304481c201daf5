import { Inspection } from '../../../src/app/inspection';
import { Stage } from '../../../src/inspect/finding';
import { KubernetesVersion } from '../../../src/kubernetes/versions';
import { deployment, pod } from '../manifests';

type Refusal = [code: string, path: string];

const { V1_28, V1_29, V1_32, V1_33, V1_34, V1_37 } = KubernetesVersion;

/** Code and path of what the API server refuses when it validates a manifest. */
function refusals(manifest: any, version = V1_37): Refusal[] {
  return Inspection.fromManifests([manifest], { missingSecrets: false, versions: [version] }).refusals
    .filter(({ stage }) => stage === Stage.VALIDATION).map(({ code, path }) => [code, path]);
}

/** The same of a field of the container of a Pod, below the container. */
const ofContainer = (container: any, spec: any = {}, version = V1_37): Refusal[] => refusals(pod(container, spec), version)
  .map(([code, path]) => [code, path.replace('spec.containers[0].', '')]);

/** The same of an init container. */
const ofInit = (container: any, version = V1_37): Refusal[] => refusals(pod({}, { initContainers: [{ name: 'i', image: 'x', ...container }] }), version)
  .map(([code, path]) => [code, path.replace('spec.initContainers[0].', '')]);

const httpGet = { port: 80 };

describe('a probe', () => {
  test.each<[string, any, Refusal[]]>([
    ['does one thing', { httpGet }, []],
    ['does something', {}, [['RequiredField', 'livenessProbe']]],
    ['does only one thing', { grpc: { port: 1 }, exec: { command: ['a'] }, httpGet }, [['AmbiguousSource', 'livenessProbe.httpGet'], ['AmbiguousSource', 'livenessProbe.grpc']]],
    ['has a command to run', { exec: {} }, [['RequiredField', 'livenessProbe.exec.command']]],
    ['has a port', { tcpSocket: {} }, [['InvalidPort', 'livenessProbe.tcpSocket.port']]],
    ['takes no number of a port as its name', { tcpSocket: { port: '80' } }, [['InvalidPort', 'livenessProbe.tcpSocket.port']]],
    ['takes the name of a port', { httpGet: { port: 'http' } }, []],
    ['has a port below 65536', { grpc: { port: 65536 } }, [['InvalidPort', 'livenessProbe.grpc.port']]],
    ['speaks HTTP or HTTPS', { httpGet: { ...httpGet, scheme: 'http' } }, [['UnsupportedValue', 'livenessProbe.httpGet.scheme']]],
    ['has the default scheme where it is empty', { httpGet: { ...httpGet, scheme: '' } }, []],
    ['sends headers that are some', { httpGet: { ...httpGet, httpHeaders: [{ name: 'X-A' }, { name: 'a b' }] } }, [['InvalidName', 'livenessProbe.httpGet.httpHeaders']]],
    ['counts from 0 on', { httpGet, periodSeconds: -1, failureThreshold: -1 }, [
      ['OutOfRange', 'livenessProbe.periodSeconds'], ['OutOfRange', 'livenessProbe.failureThreshold'],
    ]],
    ['needs one success', { httpGet, successThreshold: 2 }, [['OutOfRange', 'livenessProbe.successThreshold']]],
    ['has some time to end in', { httpGet, terminationGracePeriodSeconds: 0 }, [['OutOfRange', 'livenessProbe.terminationGracePeriodSeconds']]],
  ])('%s', (_, livenessProbe, found) => {
    expect(ofContainer({ livenessProbe })).toEqual(found);
  });

  test('of readiness may need more successes, and ends nothing', () => {
    expect(ofContainer({ readinessProbe: { httpGet, successThreshold: 2 } })).toEqual([]);
    expect(ofContainer({ readinessProbe: { httpGet, terminationGracePeriodSeconds: 5 } })).toEqual([['ForbiddenField', 'readinessProbe.terminationGracePeriodSeconds']]);
  });
});

describe('a hook', () => {
  const sleep = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

  test.each<[string, any, any, Refusal[]]>([
    ['sleeps no longer than the pod has to end', sleep(30), {}, []],
    ['sleeps longer than the pod has to end', sleep(31), {}, [['OutOfRange', 'lifecycle.preStop.sleep']]],
    ['sleeps longer where the pod has longer', sleep(31), { terminationGracePeriodSeconds: 60 }, []],
    ['sleeps for less than no time', sleep(-1), {}, [['OutOfRange', 'lifecycle.preStop.sleep']]],
    ['sleeps for one second, which is what less than nothing becomes', sleep(1), { terminationGracePeriodSeconds: -5 }, []],
    ['does nothing', { lifecycle: { postStart: {} } }, {}, [['RequiredField', 'lifecycle.postStart']]],
  ])('%s', (_, container, spec, found) => {
    expect(ofContainer(container, spec)).toEqual(found);
  });

  test('sleeps for no time since 1.33, and is none in 1.29, which drops what it does', () => {
    expect(ofContainer(sleep(0), {}, V1_33)).toEqual([]);
    expect(ofContainer(sleep(0), {}, V1_32)).toEqual([['OutOfRange', 'lifecycle.preStop.sleep']]);
    expect(ofContainer(sleep(-1), {}, V1_29)).toEqual([['RequiredField', 'lifecycle.preStop']]);
  });
});

describe('resources', () => {
  const limits = (name: string, quantity: any) => ({ limits: { [name]: quantity } });

  test.each<[string, any, Refusal[]]>([
    ['are cpu and memory', { limits: { cpu: '1', memory: '64Mi' }, requests: { cpu: '100m' } }, []],
    ['are named', { requests: { gpu: '1' } }, [['UnsupportedValue', 'resources.requests[gpu]']]],
    ['of nodes have a domain, and are limited', { requests: { 'x.io/gpu': 1 } }, [['RequiredField', 'resources.limits']]],
    ['of nodes are whole', limits('x.io/gpu', '500m'), [['OutOfRange', 'resources.limits[x.io/gpu]'], ['OutOfRange', 'resources.requests[x.io/gpu]']]],
    ['of nodes are requested as they are limited', { limits: { 'x.io/gpu': 2 }, requests: { 'x.io/gpu': 1 } }, [['OutOfRange', 'resources.requests']]],
    ['are not negative', { requests: { cpu: -1 } }, [['OutOfRange', 'resources.requests[cpu]']]],
    ['are requested up to the limit', { limits: { cpu: '1' }, requests: { cpu: '1001m' } }, [['OutOfRange', 'resources.requests']]],
    ['are compared in thousandths', { limits: { cpu: '0.0001' }, requests: { cpu: '0.0009' } }, []],
    ['are pages beside others', limits('hugepages-2Mi', '4Mi'), [['RequiredField', 'resources']]],
    ['are whole pages', { limits: { 'cpu': 1, 'hugepages-2Mi': '3Mi' } }, [
      ['OutOfRange', 'resources.limits[hugepages-2Mi]'], ['OutOfRange', 'resources.requests[hugepages-2Mi]'],
    ]],
    ['are claims of the pod, each once', { claims: [{ name: 'a' }, { name: 'a', request: 'r' }, { name: 'b' }, {}] }, [
      ['AmbiguousSource', 'resources.claims[1]'], ['UnknownVolume', 'resources.claims[2]'], ['RequiredField', 'resources.claims[3]'],
    ]],
  ])('%s', (_, resources, found) => {
    expect(ofContainer({ resources }, { resourceClaims: [{ name: 'a', resourceClaimName: 'a' }] }, V1_34)).toEqual(found);
  });

  test('that are limited in a template are not requested', () => {
    const container = { name: 'c', image: 'x', resources: limits('cpu', -1) };
    expect(refusals(deployment({ spec: { containers: [container] } }))).toEqual([['OutOfRange', 'spec.template.spec.containers[0].resources.limits[cpu]']]);
  });

  test('that are empty texts cannot be read', () => {
    const { refusals: found } = Inspection.fromManifests([pod({ resources: limits('cpu', '') })]);
    expect(found.map(({ code, path }) => [code, path])).toEqual([['WrongFieldType', 'spec.containers[0].resources.limits[cpu]']]);
  });
});

describe('ports', () => {
  const ports = (...hostPorts: any[]) => hostPorts.map((more, index) => ({ containerPort: 80 + index, ...more }));

  test.each<[string, any[], any, Refusal[]]>([
    ['of the node are used once', ports({ hostPort: 80 }, { hostPort: 80 }), {}, [['InvalidPort', 'ports[1].hostPort']]],
    ['of the node are other ones at other addresses', ports({ hostPort: 80 }, { hostPort: 80, hostIP: '1.2.3.4' }, { hostPort: 80, protocol: 'UDP' }), {}, []],
    ['of a pod on the network of the node are ports of the node', [{ containerPort: 80 }, { containerPort: 80 }], { hostNetwork: true }, [['InvalidPort', 'ports[1].hostPort']]],
    ['have names of their own', ports({ name: 'a' }, { name: 'a' }), {}, [['InvalidPort', 'ports[1].name']]],
  ])('%s', (_, list, spec, found) => {
    expect(ofContainer({ ports: list }, spec)).toEqual(found);
  });

  test('of the node may be those of another init container, which the API server takes for the first', () => {
    const init = (name: string, ...hostPorts: number[]) => ({ name, image: 'x', ports: hostPorts.map(hostPort => ({ containerPort: 1, hostPort })) });
    expect(refusals(pod({}, { initContainers: [init('i', 80), init('j', 80, 80)] }))).toEqual([['InvalidPort', 'spec.initContainers[0].ports[1].hostPort']]);
  });
});

describe('a security context', () => {
  test.each<[string, any, any, Refusal[]]>([
    ['has a privileged container escalate', { privileged: true, allowPrivilegeEscalation: false }, {}, [['ForbiddenField', 'securityContext']]],
    ['has an administrator escalate', { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } }, {}, [['ForbiddenField', 'securityContext']]],
    ['has a procMount', { procMount: '' }, {}, [['UnsupportedValue', 'securityContext.procMount']]],
    ['shows all of /proc to users of the pod only', { procMount: 'Unmasked' }, {}, [['ForbiddenField', 'securityContext.procMount']]],
    ['shows all of /proc to users of the pod', { procMount: 'Unmasked' }, { hostUsers: false }, []],
  ])('%s', (_, securityContext, spec, found) => {
    expect(ofContainer({ securityContext }, spec)).toEqual(found);
  });

  test('has the default procMount before 1.33', () => {
    expect(ofContainer({ securityContext: { procMount: 'X' } }, {}, V1_32)).toEqual([]);
  });
});

test('a container with a profile of AppArmor has a name that can be in an annotation, which the API server of 1.30 to 1.33 writes', () => {
  const spec = { containers: [{ name: 'x'.repeat(64), image: 'x', securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }] };
  const name: Refusal = ['InvalidContainerName', 'spec.containers[0].name'];
  expect(refusals(pod({}, spec), V1_33)).toEqual([name, ['InvalidLabel', 'metadata.annotations']]);
  expect(refusals(pod({}, spec), V1_34)).toEqual([name]);
  expect(refusals(deployment({ spec }), V1_33)).toEqual([['InvalidContainerName', 'spec.template.spec.containers[0].name']]);
});

describe('an init container', () => {
  test.each<[string, any, KubernetesVersion, Refusal[]]>([
    ['that ends has no probes', { livenessProbe: { httpGet } }, V1_37, [['ForbiddenField', 'livenessProbe']]],
    ['that ends has no hooks', { lifecycle: {} }, V1_37, [['ForbiddenField', 'lifecycle']]],
    ['whose lifecycle is a stop signal has none where that is dropped', { lifecycle: { stopSignal: 'SIGTERM' } }, V1_37, []],
    ['that stays has them', { restartPolicy: 'Always', livenessProbe: {}, lifecycle: {} }, V1_37, [['RequiredField', 'livenessProbe']]],
    ['ends in 1.28', { restartPolicy: 'Always', startupProbe: { httpGet } }, V1_28, [['ForbiddenField', 'startupProbe']]],
  ])('%s', (_, container, version, found) => {
    expect(ofInit(container, version)).toEqual(found);
  });
});

test('an ephemeral container has nothing that others rely on, and is refused all the same', () => {
  const container = {
    name: 'e',
    image: ' x',
    targetContainerName: 'd',
    ports: [],
    resources: { limits: {} },
    readinessProbe: { httpGet },
    lifecycle: { preStop: {} },
    volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 'a' }],
  };
  const volumes = [{ name: 'v', emptyDir: {} }];
  const at = (field: string) => `spec.ephemeralContainers[0].${field}`;
  expect(refusals(pod({}, { volumes, ephemeralContainers: [container] }))).toEqual([
    ['UnsupportedValue', at('image')], ['UnsupportedValue', at('targetContainerName')], ['ForbiddenField', at('ports')], ['ForbiddenField', at('readinessProbe')],
    ['ForbiddenField', at('lifecycle')], ['ForbiddenField', at('resources')], ['ForbiddenField', at('volumeMounts[0].subPath')],
    ['ForbiddenField', 'spec.ephemeralContainers'],
  ]);
  const restarted = pod({}, { ephemeralContainers: [{ name: 'e', image: 'x', targetContainerName: 'c', restartPolicy: 'Always' }] });
  expect(refusals(restarted, V1_34)).toEqual([['ForbiddenField', 'spec.ephemeralContainers']]);
  expect(refusals(restarted)).toEqual([['ForbiddenField', 'spec.ephemeralContainers'], ['ForbiddenField', at('restartPolicy')]]);
});
