import { run } from './run';
import { widthOf } from '../../src/cli/terminal';
import { tempFolder } from '../support/temp-folder';

const widthIn = (stdout: { isTTY?: boolean; columns?: number }, environment: Record<string, string> = {}) => widthOf({
  stdout: { ...stdout, write: () => undefined },
  stderr: { write: () => undefined },
  environment,
  readInput: async () => Buffer.alloc(0),
  stopped: () => new AbortController().signal,
});

test.each<[number | undefined, number]>([[undefined, 80], [0, 80], [1, 20], [19, 20], [20, 20], [100, 100]])('on a terminal of %s columns a text is %d wide', (columns, width) => {
  expect(widthIn({ isTTY: true, columns })).toBe(width);
});

test.each<[string, number]>([['', Infinity], ['0', Infinity], ['-3', 20], ['wide', Infinity], ['120', 120]])('elsewhere it is as wide as COLUMNS says: %j', (COLUMNS, width) => {
  expect(widthIn({}, { COLUMNS })).toBe(width);
});

test.each([[0], [1], [7]])('reports can be made for a terminal of %d columns', async columns => {
  const folder = tempFolder({ 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {"a b": YQ==}\n' });
  for (const command of [['check'], ['list'], ['report']]) {
    expect((await run([...command, folder], { columns })).stderr).not.toContain('unexpected');
  }
  expect((await run(['--help'], { columns })).stderr).toBe('');
});
