import { collect, globals, run, type Outcome } from './suite';

/** What happens when tests are run, in its order. */
async function happened(isWanted: (id: string) => boolean, stopsAtFailure = false): Promise<[string[], boolean]> {
  const log: string[] = [];
  const say = (what: string) => () => { log.push(what); };
  const jest: any = globals(undefined, of => (rows: any[]) => (name: string, action: any) => rows.forEach(row => (of as any)(`${name} ${row}`, () => action(row))));
  const suite = collect(() => {
    jest.beforeEach(say('before'));
    jest.afterEach(say('after'));
    jest.test('a', say('a'));
    jest.describe('inner', () => {
      jest.beforeAll(say('first'));
      jest.beforeEach(say('inner before'));
      jest.afterEach(say('inner after'));
      jest.afterAll(say('last'));
      jest.test.each([1, 2])('each', (row: number) => say(`each ${row}`)());
      jest.test('fails', () => { throw new Error('no'); });
      jest.test('waits', async () => say('waited')());
      jest.test.skip('skipped', say('skipped'));
    });
    jest.describe.skip('none', () => {});
  });
  const onOutcome = ({ id, failed }: Outcome) => {
    log.push(`${id}${failed ? ' fails' : ''}`);
    return !failed || !stopsAtFailure;
  };
  return [log, await run(suite, 'file', { isWanted, onStart: id => { log.push(`> ${id}`); }, onOutcome })];
}

test('tests are run in their order, with the hooks around them', async () => {
  expect(await happened(() => true)).toEqual([[
    '> file › a', 'before', 'a', 'after', 'file › a',
    'first',
    '> file › inner › each 1', 'before', 'inner before', 'each 1', 'inner after', 'after', 'file › inner › each 1',
    '> file › inner › each 2', 'before', 'inner before', 'each 2', 'inner after', 'after', 'file › inner › each 2',
    '> file › inner › fails', 'before', 'inner before', 'file › inner › fails fails',
    '> file › inner › waits', 'before', 'inner before', 'waited', 'inner after', 'after', 'file › inner › waits',
    'last',
  ], true]);
});

test('only what is wanted is run, and what is around it', async () => {
  expect(await happened(id => id.endsWith('each 2'))).toEqual([
    ['first', '> file › inner › each 2', 'before', 'inner before', 'each 2', 'inner after', 'after', 'file › inner › each 2', 'last'], true,
  ]);
  expect(await happened(() => false)).toEqual([[], true]);
});

test('nothing is run after what was waited for', async () => {
  const [log, goesOn] = await happened(id => !id.includes('each'), true);
  expect([log.at(-1), goesOn]).toEqual(['file › inner › fails fails', false]);
});
