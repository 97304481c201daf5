import { readFileSync } from 'node:fs';
import { ERRORS_DOC, renderErrorsDoc } from '../../tools/errors-doc';

test('docs/errors.md says what stands beside the rules (after a change: npx tsx tools/errors-doc.ts)', () => {
  expect(readFileSync(ERRORS_DOC, 'utf8')).toBe(renderErrorsDoc());
});

test('lists every code once in the contents and once with its cause, example and fix', () => {
  const doc = renderErrorsDoc({
    First: { cause: 'A cause.', example: 'x()', fix: 'Do y.' },
    Second: { cause: 'Another.', example: 'a `name`', fix: 'Do z.', warns: true },
  });
  expect(doc).toContain('- [First](#first)\n- [Second](#second)\n');
  expect(doc).toContain('\n## First\n\nA cause.\n\n- **Severity**: error\n- **Example**: `x()`\n- **Fix**: Do y.\n');
  expect(doc).toContain('\n## Second\n\nAnother.\n\n- **Severity**: warning\n- **Example**: `` a `name` ``\n- **Fix**: Do z.\n');
});
