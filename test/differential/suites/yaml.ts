import { Errors } from '../../../src/errors/secrets-error';
import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { askKubectlsReader, comparable } from '../../conformance/yaml-reader';
import type { Differential, Verdict } from '../differential';
import { yamlText } from '../yaml-texts';

export const differential: Differential<string> = {
  title: 'the documents of a text of YAML or JSON, read by k8s.io/apimachinery 0.33.4 with sigs.k8s.io/yaml 1.4.0, which kubectl is made with',
  count: 200_000,
  input: yamlText,
  ours,
  theirs(inputs) {
    const answers = askKubectlsReader(inputs);
    return typeof answers === 'string' ? answers : answers.map(({ documents, refused = '' }) => documents === null ? { refused } : { value: comparable(documents) });
  },
  known: [
  ],
};

function ours(text: string): Verdict {
  try {
    return { value: readManifestStream(text).map(({ manifest }) => comparable(manifest)) };
  } catch (error) {
    if (Errors.codeOf(error) === 'UnreadableManifest') return { refused: (error as Error).message };
    throw error;
  }
}
