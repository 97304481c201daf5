import { renderTable } from '../../tools/table';

const COLUMNS = [{ title: 'name' }, { title: 'files', align: 'right' }, { title: 'kinds' }] as const;

test('aligns text to the left, numbers to the right, and sets the total apart', () => {
  expect(renderTable(COLUMNS, [['a', '1', 'Secret 1'], ['longer', '12', '']], ['total', '13', 'Secret 1']).split('\n')).toEqual([
    'name    files  kinds',
    '------  -----  --------',
    'a           1  Secret 1',
    'longer     12',
    '------  -----  --------',
    'total      13  Secret 1',
  ]);
});

test('has its titles alone where there are no rows', () => {
  expect(renderTable(COLUMNS, []).split('\n')).toEqual(['name  files  kinds', '----  -----  -----']);
});
