import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type Finding, Inspection, Secret, SecretBinding, SensitiveValue, Severity } from '../../src/index';

describe('the mode 0400 of the guide on a Pod of cdk8s-plus', () => {
  /** The Pod of the guide, with what its message says to write. */
  function findings(pod: kplus.PodProps = {}, container: Partial<kplus.ContainerProps> = {}, mode = '0400'): readonly Finding[] {
    const app = Testing.app();
    const chart = new Chart(app, 'c');
    const secret = new Secret(chart, 'Secret', { metadata: { name: 'mysecret' }, data: { username: SensitiveValue.fromLiteral('my-app') } });
    new kplus.Pod(chart, 'Pod', { containers: [{ name: 'c', image: 'redis', securityContext: { readOnlyRootFilesystem: false }, ...container }], ...pod })
      .with(SecretBinding.files('/etc/foo', secret, { mode }));
    return Inspection.fromApp(app).findings;
  }

  test('is an error that names the ways out, with the lines to write', () => {
    const [{ code, severity, message, next }, ...others] = findings();
    expect([code, severity, message, others]).toEqual(
      ['UnreadableFile', Severity.ERROR, 'the container "c" does not run as root, and only root may read "username" (mode 0400)', []]);
    for (const line of ['securityContext: { fsGroup: 2000 }', "mode: '0444'", 'securityContext: { ensureNonRoot: false }']) expect(next).toContain(line);
  });

  test.each<[string, readonly Finding[]]>([
    ['a group for the files', findings({ securityContext: { fsGroup: 2000 } })],
    ['a mode for all', findings({}, {}, '0444')],
    ['root', findings({}, { securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } })],
  ])('is none with what one of them says: %s', (_, found) => {
    expect(found.filter(({ code }) => code === 'UnreadableFile')).toEqual([]);
  });
});
