import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const RUNS = 5;
const SIZES = [[100, 1000], [1000, 1000], [100, 10_000], [1000, 10_000]] as const;

export const benchmark: Benchmark = {
  title: `search manifests for declared values (medians of ${RUNS} runs)`,

  measure(lab) {
    const figures = lab.medians(SIZES.map(sizes => ({ name: 'leak-guard', args: sizes.map(String) })), RUNS);
    const table = renderTable(
      [
        { title: 'values', align: 'right' },
        { title: 'objects', align: 'right' },
        { title: 'ms', align: 'right' },
        { title: 'MB', align: 'right' },
        { title: 'leaks found (of 1)', align: 'right' },
      ],
      figures.map(({ ms, megabytes, leaks }, index) => [...SIZES[index].map(String), ms.toFixed(0), megabytes.toFixed(0), String(leaks)]),
    );
    const [, , few, many] = figures.map(({ ms }) => ms);
    return `${table}\n\n10 times the values among 10,000 objects: ${(many / few).toFixed(1)} times the time; 10 times the objects for 1,000 values: `
      + `${(many / figures[1].ms).toFixed(1)} times`;
  },
};
