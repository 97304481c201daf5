import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGoTemplate } from '../../src/inspect/template/go-template';
import { externalSecretsFunction } from '../../src/inspect/template/template-functions';

/** Whether text/template of Go 1.26, with the functions of sprig 3.3, parses a text: templates as people write them, and the same with slips. */
const VERDICTS = readFileSync(join(__dirname, 'go-templates.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as [string, boolean]);

test.each(VERDICTS)('Go takes %j: %s', (text, isTaken) => {
  expect(parseGoTemplate(text, externalSecretsFunction).error === undefined).toBe(isTaken);
});

test('there are verdicts of both sorts', () => {
  expect(new Set(VERDICTS.map(([, isTaken]) => isTaken))).toEqual(new Set([true, false]));
});
