import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_VERSIONS, NEWEST_VERSION, OLDEST_VERSION, SUPPORTED_VERSIONS } from '../../src/kubernetes/versions';

const text = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8').replace(/\s+(?:\* )?/g, ' ');
const [oldestInSupport] = SUPPORTED_VERSIONS;
const SUPPORTED = `the versions in support, ${oldestInSupport} to ${NEWEST_VERSION}`;

/** Every place outside of src/kubernetes/versions.ts that says which versions there are; it is to be changed with them. */
test.each<[string, string[]]>([
  ['README.md', [SUPPORTED, `from ${OLDEST_VERSION} on`]],
  ['docs/check.md', [
    `The versions from ${OLDEST_VERSION} to ${NEWEST_VERSION} are known`,
    `those in support are checked, ${oldestInSupport} to ${NEWEST_VERSION}`,
    `the rules are those of ${NEWEST_VERSION},`,
    `"kubernetesVersions": ${JSON.stringify(SUPPORTED_VERSIONS).replace(/,/g, ', ')}`,
  ]],
  ['docs/cli.md', [`or ${OLDEST_VERSION}-${NEWEST_VERSION}. A version, or a range. Without it the versions in support are checked, ${oldestInSupport} to ${NEWEST_VERSION}`]],
  ['docs/architecture.md', [`the types of Kubernetes ${OLDEST_VERSION} to ${NEWEST_VERSION} as data`]],
  ['CONTRIBUTING.md', [`all versions since ${OLDEST_VERSION}`]],
  ['src/inspect/inspection-options.ts', [`@default - ${SUPPORTED}, so that`]],
  ['src/kubernetes/versions.ts', [`Kubernetes ${OLDEST_VERSION}, the oldest.`, `Kubernetes ${NEWEST_VERSION}, the newest.`]],
  ['src/schema/types.ts', [`of the OpenAPI definitions of Kubernetes ${OLDEST_VERSION} to ${NEWEST_VERSION}.`]],
])('%s says which versions of Kubernetes there are', (file, sentences) => {
  for (const sentence of sentences) expect(text(file)).toContain(sentence);
});

test('the versions in support are the newest ones', () => {
  expect(SUPPORTED_VERSIONS).toEqual(ALL_VERSIONS.slice(-SUPPORTED_VERSIONS.length));
  expect(SUPPORTED_VERSIONS.length).toBeGreaterThan(0);
});
