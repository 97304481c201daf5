import { readManifestStream } from '../../../src/inspect/read/manifest-stream';
import { Errors } from '../../../src/report/errors';
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
    { name: 'of two byte order marks go-yaml takes the second one for the mark of every line', covers: text => /\ufeff\ufeff/.test(text) },
    { name: 'fewer than four bytes stand behind JSON, with the ends of lines of Windows', covers: text => text.startsWith('{') && /\r\n[^]{0,2}$/.test(text) },
    { name: 'one key is a number and the other one a text: kubectl takes either, as it happens; here the last one, and it is noted', covers: hasDuplicates },
    { name: 'a field without a key stands in a map that a later field replaces; refused here', covers: (_, mine, theirs) => isRefusal(mine, 'a key is null') && 'value' in theirs },
    { name: 'kubectl passes over what stands behind the end of a document; refused here', covers: (_, mine) => isRefusal(mine, 'kubectl does not read what stands behind') },
  ],
};

function isRefusal(verdict: Verdict, reason: string): boolean {
  return 'refused' in verdict && verdict.refused.includes(reason);
}

function hasDuplicates(text: string, mine: Verdict): boolean {
  return 'value' in mine && readManifestStream(text).some(({ duplicateFields = [] }) => duplicateFields.length > 0);
}

function ours(text: string): Verdict {
  try {
    return { value: readManifestStream(text).map(({ manifest }) => comparable(manifest)) };
  } catch (error) {
    if (Errors.codeOf(error) === 'UnreadableManifest') return { refused: (error as Error).message };
    throw error;
  }
}
