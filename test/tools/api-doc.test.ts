import { apiPage, type Assembly } from '../../tools/api-doc';

const ASSEMBLY: Assembly = {
  name: 'lib',
  submodules: { 'lib.faas': {} },
  types: { 'lib.Kind': { name: 'Kind', abstract: true }, 'lib.Thing': { name: 'Thing' } },
};

const section = (name: string) => `### ${name} <a></a>\n\n#### Initializers <a></a>\n\nnew ${name}()\n\n#### Static Functions <a></a>\n\nof\n\n`;
const PAGES: Record<string, string> = {
  root: `# API Reference <a></a>\n\n## Classes <a></a>\n\n${section('Kind')}${section('Thing')}`,
  faas: '# API Reference <a></a>\n\n## Classes <a></a>\n\n### Stack <a></a>\n',
};

const page = apiPage(ASSEMBLY, submodule => PAGES[submodule]);

test('begins with what most programs need', () => {
  expect(page).toMatch(/^# API Reference .*\n\n## Start here\n\n- \[`Secret`\]\(#lib\.Secret\) /);
  expect(page.match(/^# .*$/gm)).toHaveLength(2);
});

test('has the submodules after the library, and links to them', () => {
  expect(page).toContain('- [`faas`](#submodule-faas), a submodule\n');
  expect(page.indexOf('### Thing')).toBeLessThan(page.indexOf('# Submodule `faas` <a name="submodule-faas" id="submodule-faas"></a>\n\n## Classes'));
});

test('offers no new of an abstract class', () => {
  expect(page).not.toContain('new Kind()');
  expect(page).toContain('### Kind <a></a>\n\n#### Static Functions');
  expect(page).toContain('new Thing()');
});
