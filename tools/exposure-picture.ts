import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Inspection } from '../src/app/inspection';
import { readAsset } from '../src/report/assets';
import { Exposure } from '../src/secret/exposure';

/** The picture of the graph of a report that README shows, in light and dark. */
export const EXPOSURE_PICTURE = resolve(__dirname, '../docs/exposure.svg');

/** The example that it is made of. */
const EXAMPLE = resolve(__dirname, '../examples/platform-template/__snapshots__');

/** The picture: what the page of the example draws. */
export function renderExposurePicture(): string {
  // the page has it as a script, and Node.js as a module
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { layoutExposure, drawExposure } = require('../assets/report/graph.js');
  const inspection = Inspection.fromFiles([EXAMPLE]);
  const layout = layoutExposure(Exposure.fromInspection(inspection)._view([]), { width: 880 });
  const style = `svg { ${readAsset('light.css').trim()} } @media (prefers-color-scheme: dark) { svg { ${readAsset('dark.css').trim()} } } ${readAsset('graph.css')}`;
  return `${drawExposure(layout, { style: style.replace(/\s+/g, ' '), title: 'The graph of a report: where values come from, Secrets, and the workloads that have them' })}\n`;
}

if (require.main === module) writeFileSync(EXPOSURE_PICTURE, renderExposurePicture());
