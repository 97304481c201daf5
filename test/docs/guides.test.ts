import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GRANT_SYSTEMS, GRANT_VERBS } from '../../src/cli/scripts/grants';
import { SECRET_VERBS, SYSTEMS } from '../../src/cli/scripts/secrets-script';
import * as library from '../../src/index';

const DOCS = resolve(__dirname, '../../docs');
const TEXT = readFileSync(join(DOCS, 'guides.md'), 'utf8');

/** The rows of the tables, with the cells of each; a pipe in code is written `\|`. */
const ROWS = TEXT.split('\n').filter(line => /^\| (?!a guide says )/.test(line)).map(line => line.slice(1, -1).split(/(?<!\\)\|/).map(cell => cell.trim()));

const linksIn = (text: string) => [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link).filter(link => !link.startsWith('https://'));

test('there are some forty rows, and each says what a guide does, what one writes here and what shows it', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(35);
  expect(ROWS.filter(cells => cells.length !== 3 || cells.includes(''))).toEqual([]);
});

test.each(ROWS.map(([guide, , shownBy], index) => [guide, shownBy, index] as const))('what shows it is there: %s', (_, shownBy, index) => {
  if (shownBy === 'the same') {
    const before = ROWS.slice(0, index).map(cells => cells[2]).filter(cell => cell !== 'the same').pop();
    expect(linksIn(before ?? '').length).toBe(1);
    return;
  }
  const links = linksIn(shownBy);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) {
    const path = join(DOCS, link);
    expect([link, existsSync(path)]).toEqual([link, true]);
    // An example is a test by being there, with what it makes; a folder of tests has some.
    if (statSync(path).isDirectory()) expect(readdirSync(path).some(name => name === 'main.ts' || name.endsWith('.test.ts'))).toBe(true);
    else expect(link).toMatch(/\.test\.ts$|\.check\.ts$|test\/cluster\/scripts\.ts$|^[\w-]+\.md$/);
  }
});

test('every link of the page leads somewhere', () => {
  expect(linksIn(TEXT).filter(link => !existsSync(join(DOCS, link)))).toEqual([]);
});

test('the commands of the page are those that there are', () => {
  const said = [...TEXT.matchAll(/`(?:cdk8s-secrets )?commands (\w+)(?: --for ([\w-]+))?/g)].map(([, verb, system]) => [verb, system]);
  expect(said.length).toBeGreaterThan(8);
  const verbs: readonly string[] = [...SECRET_VERBS, ...GRANT_VERBS, 'share'];
  const systemsOf = (verb: string): readonly string[] =>
    (SECRET_VERBS as readonly string[]).includes(verb) ? SYSTEMS.map(({ name }) => name) : GRANT_SYSTEMS;
  expect(said.filter(([verb, system]) => !verbs.includes(verb) || (system !== undefined && !systemsOf(verb).includes(system)))).toEqual([]);
});

test('the classes of the page are those of the library', () => {
  const named = [...TEXT.matchAll(/`(?:new )?((?:Secret|Sensitive|Tls|BasicAuth|SshAuth|DockerConfig|ServiceAccountToken|BootstrapToken)\w*)(?:\.(\w+))?/g)];
  expect(named.length).toBeGreaterThan(10);
  const all = library as Readonly<Record<string, any>>;
  const missing = named.filter(([, name, member]) => all[name] === undefined || (member !== undefined && all[name][member] === undefined));
  expect(missing.map(([text]) => text)).toEqual([]);
});
