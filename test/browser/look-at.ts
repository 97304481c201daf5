import { join } from 'node:path';

/** Something that a page must do, and what was wrong with it. */
export interface Check {
  readonly name: string;
  readonly fault?: string;
}

/** What was seen of a page. */
export interface Looked {
  /** From the request for the page until all of it stands there. */
  readonly milliseconds: number;
  readonly checks: readonly Check[];
}

/** Uses a page of a report as a person would. The browser is one of playwright-core, which need not be there to compile this. */
export async function lookAt(browser: any, url: string, count: number, screenshots?: string): Promise<Looked> {
  const checks: Check[] = [];
  const expect = (name: string, actual: unknown, wanted: unknown) => {
    const same = JSON.stringify(actual) === JSON.stringify(wanted);
    checks.push(same ? { name } : { name, fault: `${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}` });
  };
  const said: string[] = [];
  const asked: string[] = [];
  const open = async (colorScheme: string) => {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, colorScheme })).newPage();
    page.on('console', (message: any) => said.push(message.text()));
    page.on('pageerror', (error: Error) => said.push(error.message));
    page.on('request', (request: any) => request.url() !== url && asked.push(request.url()));
    await page.goto(url);
    await page.waitForSelector('[data-ready=true]', { state: 'attached' });
    if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${count}-${colorScheme}.png`) });
    return page;
  };
  const page = await open('light');
  const milliseconds = Math.round(await page.evaluate('performance.getEntriesByType("navigation")[0].domComplete'));
  // the rest of a long table comes a moment later
  const rows = async () => {
    await page.waitForFunction("document.querySelectorAll('#rows tr').length === Number.parseInt(document.querySelector('#count').textContent)", undefined, { timeout: 5000 }).catch(() => undefined);
    return page.locator('#rows tr').count();
  };
  const settled = () => page.waitForTimeout(200);

  expect('lists every Secret', await rows(), count);
  expect('draws no more than 60 boxes in a column', (await page.locator('[data-node]').count()) <= 240, true);

  await page.selectOption('#namespace', 'team-01');
  const inNamespace = await rows();
  expect('a namespace leaves its Secrets', inNamespace, Array.from({ length: count }, (_, index) => index % Math.max(1, Math.round(count / 40))).filter(team => team === 0).length);
  await page.click('#reset');
  expect('and all come back', await rows(), count);

  await page.fill('#search', 'payment-4');
  await settled();
  expect('a search finds by name', await page.locator('#rows tr').allInnerTexts().then((texts: string[]) => texts.every(text => text.includes('payment-4')) && texts.length > 0), true);
  await page.click('#reset');

  await page.selectOption('#severity', 'error');
  expect('findings are filtered', await page.locator('#rows tr').allInnerTexts().then((texts: string[]) => texts.every(text => text.includes('error'))), true);
  await page.click('#reset');

  const lines = await page.locator('[data-edge]').count();
  await page.click('#ways .api');
  await page.click('#ways .start-pods');
  expect('a way can be left out', await page.locator('#ways .api').getAttribute('aria-pressed'), 'false');
  expect('and its lines with it', (await page.locator('[data-edge]').count()) <= lines, true);
  await page.click('#reset');

  await page.locator('#rows .link').first().click();
  expect('a click in the table says why', /has it in the (?:file|variable)/.test(await page.locator('#details').innerText()), true);
  await page.keyboard.press('Escape');
  expect('Escape lets go', (await page.locator('#details').innerText()).includes('Choose a Secret'), true);

  await page.locator('[data-node] rect').first().click();
  expect('a click in the graph marks what is near', (await page.locator('.near').count()) > 1, true);
  await page.keyboard.press('ArrowRight');
  const focused = await page.evaluate('document.activeElement.getAttribute("data-node")');
  expect('an arrow goes to the next column', focused !== null && focused !== '0', true);
  await page.keyboard.press('Enter');
  expect('Enter chooses', await page.evaluate('document.activeElement.classList.contains("chosen")'), true);
  await page.keyboard.press('/');
  expect('a slash searches', await page.evaluate('document.activeElement.id'), 'search');
  expect('one box is in the order of Tab', await page.locator('[data-node][tabindex="0"]').count(), 1);

  await page.emulateMedia({ media: 'print' });
  expect('print has no filters', await page.locator('.controls').isVisible(), false);
  if (screenshots !== undefined && count === 10) await page.pdf?.({ path: join(screenshots, 'print.pdf') }).catch(() => undefined);
  await page.emulateMedia({ media: 'screen' });

  const dark = await open('dark');
  const background = (of: any) => of.evaluate('getComputedStyle(document.body).backgroundColor');
  expect('dark is dark', (await background(dark)) !== await background(page), true);
  for (const [scheme, of] of [['light', page], ['dark', dark]] as const) {
    expect(`texts have a contrast of 4.5 in ${scheme}`, poorContrasts(await of.evaluate(COLOURS)), []);
  }

  expect('says nothing on the console', said, []);
  expect('asks no network', asked, []);
  return { milliseconds, checks };
}

const TEXTS = ['--text', '--soft', '--accent', '--danger', '--caution', '--green'];
const GROUNDS = ['--page', '--box', '--chosen'];

/** Asks a page for its colours, by their names. */
const COLOURS = `Object.fromEntries(${JSON.stringify([...TEXTS, ...GROUNDS])}.map(name => [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))`;

/** The colours of texts that stand out too little from a background, as WCAG counts it. */
function poorContrasts(colours: Readonly<Record<string, string>>): string[] {
  return TEXTS.flatMap(text => GROUNDS.filter(ground => {
    const [high, low] = [luminance(colours[text]), luminance(colours[ground])].sort((a, b) => b - a);
    return !((high + 0.05) / (low + 0.05) >= 4.5);
  }).map(ground => `${text} on ${ground}`));
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
