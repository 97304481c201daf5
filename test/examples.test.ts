import { Example } from '../tools/example';
import { readFiles } from '../tools/files';

// Adding a folder to examples/ adds its tests. Expected files change only by `npm run synth -- --update`.
describe.each(Example.all().map(example => [example.name, example] as const))('the example %s', (_, example) => {
  test('has a program, a README and a cdk8s.yaml', () => {
    expect(example.missingFiles).toEqual([]);
  });

  test('writes the expected files, the same bytes in every synth', async () => {
    const [first, second] = await Promise.all([
      example.synth(),
      example.synth({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' }),
    ]);

    expect(Object.fromEntries(first)).toEqual(Object.fromEntries(readFiles(example.snapshotFolder)));
    expect(Object.fromEntries(second)).toEqual(Object.fromEntries(first));
  }, 120_000);
});
