import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

test('every example and test that docs/guides.md names is there', () => {
  const docs = resolve(__dirname, '../../docs');
  const links = [...readFileSync(join(docs, 'guides.md'), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(match => match[1]);
  const local = links.filter(link => !link.startsWith('https://'));
  expect(local.length).toBeGreaterThan(20);
  expect(local.filter(link => !existsSync(join(docs, link)))).toEqual([]);
});
