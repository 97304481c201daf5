import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGoTemplate } from '../../src/inspect/template/go-template';
import { externalSecretsFunction } from '../../src/inspect/template/template-functions';
import { type Composed, composed } from '../differential/suites/value-template';

interface Rendered {
  readonly input: Composed;
  readonly template: string;
  /** What Go made of the template, in base64. */
  readonly result: string;
}

const RENDERED = readFileSync(join(__dirname, 'value-templates.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Rendered);

test('text/template of Go 1.26 with sprig 3.3, as the External Secrets operator has it, makes the value that is computed here', () => {
  expect(RENDERED).toHaveLength(80);
  for (const { input, template, result } of RENDERED) {
    expect(composed(input)).toEqual({ template, value: result });
    expect(parseGoTemplate(template, externalSecretsFunction).error).toBeUndefined();
  }
});
