import { readFileSync } from 'node:fs';
import { EXPOSURE_PICTURE, renderExposurePicture } from '../../tools/exposure-picture';

test('the picture in README is what the example makes (after a change: npx tsx tools/exposure-picture.ts)', () => {
  expect(readFileSync(EXPOSURE_PICTURE, 'utf8')).toBe(renderExposurePicture());
});
