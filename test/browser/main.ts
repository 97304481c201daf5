import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lookAt } from './look-at';
import { manySecrets } from './many-secrets';
import { Exposure } from '../../src';
import { Inspection } from '../../src/app/inspection';
import { exposurePage } from '../../src/report/exposure/exposure-page';

/**
 * Opens the page of `cdk8s-secrets report` in a real browser, with 10, 100 and 1,000 Secrets: it loads, asks no network, filters, explains, and is
 * used by keyboard. `--screenshots FOLDER` leaves pictures, in light and dark.
 *
 * It needs Chromium (in the PATH, or CHROMIUM) and playwright-core (installed, or in a folder of NODE_PATH), and says so where they are missing.
 */
async function main(args: readonly string[]): Promise<number> {
  const browser = findBrowser();
  const playwright = findPlaywright();
  if (browser === undefined || playwright === undefined) {
    console.log(`skipped: there is no ${browser === undefined ? 'Chromium (apt-get install chromium)' : 'playwright-core (npm install --no-save playwright-core)'}`);
    return 0;
  }
  const at = args.indexOf('--screenshots');
  const screenshots = at < 0 ? undefined : args[at + 1];
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const failed: string[] = [];
  let passed = 0;
  const chromium = await playwright.chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
  try {
    for (const count of [10, 100, 1000]) {
      const inspection = Inspection.fromManifests(manySecrets(count));
      const file = join(folder, `${count}.html`);
      writeFileSync(file, exposurePage(Exposure.fromInspection(inspection)._view(inspection.findings)));
      const looked = await lookAt(chromium, pathToFileURL(file).href, count, screenshots);
      console.log(`${count} Secrets: open after ${looked.milliseconds} ms`);
      for (const { name, fault } of looked.checks) {
        if (fault === undefined) passed++;
        else failed.push(`${count} Secrets: ${name}: ${fault}`);
      }
    }
  } finally {
    await chromium.close();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of failed) console.log(`FAILED ${line}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

function findBrowser(): string | undefined {
  const names = [process.env.CHROMIUM ?? '', 'chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome'].filter(name => name !== '');
  return names.map(name => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()).find(path => path !== '');
}

function findPlaywright(): any {
  try {
    return createRequire(__filename)('playwright-core');
  } catch {
    return undefined;
  }
}

void main(process.argv.slice(2)).then(code => process.exitCode = code);
