import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const RUNS = 15;

/** What an app of cdk8s-plus loads anyway, first; the library loads it too. */
const MODULES = ['cdk8s-plus-28', 'cdk8s-secrets'];

export const benchmark: Benchmark = {
  title: `time to load a module with all that it needs (medians of ${RUNS} runs)`,

  measure(lab) {
    const figures = lab.medians(MODULES.map(module => ({ name: 'import', args: [module] })), RUNS);
    return renderTable(
      [{ title: 'module' }, { title: 'ms', align: 'right' }, { title: 'ratio', align: 'right' }],
      figures.map(({ ms }, index) => [MODULES[index], ms.toFixed(1), (ms / figures[0].ms).toFixed(2)]),
    );
  },
};
