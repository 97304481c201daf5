import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const WORKLOADS = 1000;
const RUNS = 15;

export const benchmark: Benchmark = {
  title: `App.synth() of ${WORKLOADS} workloads of cdk8s-plus with a secret and a Service each, without and with the inspection (medians of ${RUNS} runs)`,

  measure(lab) {
    const [plain, checked] = lab.medians(['plain', 'checked'].map(variant => ({ name: 'workloads', args: [String(WORKLOADS), variant] })), RUNS);
    return renderTable(
      [
        { title: 'not inspected (ms)', align: 'right' },
        { title: 'inspected (ms)', align: 'right' },
        { title: 'ratio (target at most 1.15)', align: 'right' },
      ],
      [[plain.ms.toFixed(0), checked.ms.toFixed(0), (checked.ms / plain.ms).toFixed(2)]],
    );
  },
};
