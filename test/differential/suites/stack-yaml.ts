import { join } from 'node:path';
import { YamlNode, YamlRefused } from '../../../src/document/yaml-node';
import { askGo } from '../ask-go';
import type { Differential, Verdict } from '../differential';
import { yamlMap, yamlText } from '../yaml-texts';

export const differential: Differential<string> = {
  title: 'a map of texts in a stack file, decoded by gopkg.in/yaml.v3 3.0.1, which faas-cli is made with',
  count: 100_000,
  input: random => random.oneIn(3) ? yamlText(random) : yamlMap(random),
  ours,
  theirs(inputs) {
    const answers = askGo<{ map: Record<string, string> | null; refused?: string }>(join(__dirname, '..', 'stack-yaml'), inputs);
    return typeof answers === 'string' ? answers : answers.map(({ map, refused }) => refused === undefined ? { value: map ?? {} } : { refused });
  },
  known: [
    { name: 'a tag names a type that the text does not have; taken here as the text', covers: (text, mine) => 'value' in mine && /!!(?:int|float|bool|null|timestamp|binary)/.test(text) },
    { name: 'a !!binary is no text in UTF-8; refused here', covers: (_, mine) => 'refused' in mine && mine.refused.includes('!!binary') },
    { name: 'a tab stands alone on a line near a comment, which go-yaml v3 passes over with it', covers: (text, mine) => 'refused' in mine && /[#]/.test(text) && mine.refused.includes('a tab') },
  ],
};

function ours(text: string): Verdict {
  try {
    const { entries } = YamlNode.parse(text);
    if (entries === undefined) return { refused: 'no map' };
    const texts = entries.map(entry => [entry.key, entry.value.text] as const);
    return texts.some(([, value]) => value === undefined) ? { refused: 'no text' } : { value: Object.fromEntries(texts) };
  } catch (error) {
    if (error instanceof YamlRefused) return { refused: `line ${error.line}: ${error.message}` };
    throw error;
  }
}
