import { fileModeOf } from '../../src/binding/file-mode';
import { refusal } from '../support/refusal';

test.each([[undefined, undefined], ['0400', 256], ['400', 256], ['0o644', 420], ['0', 0], ['0777', 511], ['000400', 256]])('%j is %j', (mode, number) => {
  expect(fileModeOf(mode, 'c/W')).toBe(number);
});

test.each(['0778', '1000', '', ' 400', '0400\n', 'u=r', null, 256, true])('fails for %j', mode => {
  expect(refusal(() => fileModeOf(mode as any, 'c/W'))).toMatchObject({ code: 'InvalidMode', path: 'c/W', problem: `${JSON.stringify(mode)} is no file mode` });
});
