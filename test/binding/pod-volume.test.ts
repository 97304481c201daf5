import * as kplus from 'cdk8s-plus-28';
import { PodVolume } from '../../src/binding/pod-volume';
import { manifestOf, newChart } from '../support/charts';

/** What we rely on of cdk8s-plus without it being promised: when one of these fails after an upgrade, read src/binding/pod-volume.ts. */
describe('cdk8s-plus', () => {
  test('has a Volume whose constructor takes scope, id, name and source', () => {
    expect(kplus.Volume.length).toBe(4);
    const volume = kplus.Volume.fromEmptyDir(newChart(), 'E', 'e');
    expect(volume.name).toBe('e');
    expect((volume as any)._toKube()).toEqual({ name: 'e', emptyDir: expect.anything() });
  });

  test('asks a volume for what a pod holds of it only when the pod is rendered', () => {
    let asked = 0;
    const chart = newChart();
    const volume = new PodVolume(chart, 'V', 'v', () => ({ projected: { sources: [{ secret: { name: `asked-${++asked}` } }] } }));
    const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a', volumeMounts: [{ path: '/v', volume }] }] });
    expect(asked).toBe(0);
    expect(manifestOf(pod).spec.volumes).toEqual([{ name: 'v', projected: { sources: [{ secret: { name: 'asked-1' } }] } }]);
  });

  test('takes a volume by its asVolume, from addVolume and from mount, once', () => {
    const chart = newChart();
    const volume = new PodVolume(chart, 'V', 'v', () => ({ secret: { secretName: 'db' } }));
    const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a', volumeMounts: [{ path: '/v', volume }] }], volumes: [volume] });
    expect(volume.asVolume()).toBe(volume);
    expect(volume).toBeInstanceOf(kplus.Volume);
    expect(pod.containers[0].mounts[0].volume).toBe(volume);
    expect(manifestOf(pod).spec.volumes).toEqual([{ name: 'v', secret: { secretName: 'db' } }]);
  });

  test('renders the pull secrets of a workload where a JSON patch finds them', () => {
    const chart = newChart();
    const dockerRegistryAuth = kplus.Secret.fromSecretName(chart, 'S', 'registry');
    const pod = new kplus.Pod(chart, 'P', { containers: [{ image: 'a' }], dockerRegistryAuth });
    expect(pod.dockerRegistryAuth).toBe(dockerRegistryAuth);
    expect(manifestOf(pod).spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test('gives the variables, sources and mounts of a container as copies', () => {
    const container = new kplus.Container({ image: 'a' });
    (container.env.variables as any).A = 1;
    container.env.sources.push(undefined as any);
    container.mounts.push(undefined as any);
    expect([container.env.variables, container.env.sources, container.mounts]).toEqual([{}, [], []]);
  });
});
