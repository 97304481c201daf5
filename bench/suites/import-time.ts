import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const RUNS = 15;

/** What an app imports: by hand of cdk8s-plus, and of the library, for functions only and for workloads of cdk8s-plus too. */
const IMPORTS = [
  ['cdk8s-plus-28', 'Secret', 'Deployment', 'Service'],
  ['cdk8s-secrets', 'Secret', 'SensitiveValue', 'SecretBackedFunction'],
  ['cdk8s-secrets', 'Secret', 'SensitiveValue', 'SecretBinding', 'SecretBackedFunction'],
];

export const benchmark: Benchmark = {
  title: `time to import cdk8s and what an app uses, with all that it needs for that (medians of ${RUNS} runs); the benchmark of functions has the rest`,

  measure(lab) {
    const figures = lab.medians(IMPORTS.map(args => ({ name: 'import', args })), RUNS);
    return renderTable(
      [{ title: 'from' }, { title: 'imported' }, { title: 'ms', align: 'right' }, { title: 'ratio (target at most 1.10)', align: 'right' }],
      figures.map(({ ms }, index) => {
        const [name, ...exported] = IMPORTS[index];
        return [name, exported.join(', '), ms.toFixed(1), (ms / figures[0].ms).toFixed(2)];
      }),
    );
  },
};
