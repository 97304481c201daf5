import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const RUNS = 15;

/** What the app of the other suite asks for: by hand of cdk8s-plus, and of the library, which loads cdk8s-plus too. */
const IMPORTS = [
  ['cdk8s-plus-28', 'Secret', 'Deployment', 'Service'],
  ['cdk8s-secrets', 'Secret', 'SensitiveValue', 'SecretBinding', 'SecretBackedDeployment', 'SecretBackedFunction'],
];

export const benchmark: Benchmark = {
  title: `time to load what an app imports, with all that it needs (medians of ${RUNS} runs)`,

  measure(lab) {
    const figures = lab.medians(IMPORTS.map(args => ({ name: 'import', args })), RUNS);
    return renderTable(
      [{ title: 'from' }, { title: 'ms', align: 'right' }, { title: 'ratio', align: 'right' }],
      figures.map(({ ms }, index) => [IMPORTS[index][0], ms.toFixed(1), (ms / figures[0].ms).toFixed(2)]),
    );
  },
};
