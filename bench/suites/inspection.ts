import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const RUNS = 5;
const SIZES = [1_000, 10_000] as const;

/** Every so many Deployments one has an error; of clean input nothing is printed, of broken input every line is looked up. */
const INPUTS = [{ title: 'clean', finds: Infinity }, { title: '1 % wrong', finds: 100 }, { title: 'all wrong', finds: 1 }] as const;

export const benchmark: Benchmark = {
  title: `cdk8s-secrets check on one YAML stream of Secrets and Deployments (medians of ${RUNS} runs)`,

  measure(lab) {
    const rows = INPUTS.map(({ title, finds }) => {
      const [small, large] = lab.medians(SIZES.map(size => ({ name: 'check', args: [String(size), String(finds)] })), RUNS);
      return [
        title, small.ms.toFixed(0), large.ms.toFixed(0), (large.ms / small.ms).toFixed(1), small.peakMiB.toFixed(0), large.peakMiB.toFixed(0),
        (large.bytes / 1024 / 1024).toFixed(1),
      ];
    });
    return renderTable(
      [
        { title: 'input' },
        { title: '1,000 objects (ms)', align: 'right' },
        { title: '10,000 objects (ms)', align: 'right' },
        { title: 'growth (target at most 11)', align: 'right' },
        { title: 'peak memory (MiB)', align: 'right' },
        { title: 'at 10,000 (MiB)', align: 'right' },
        { title: 'input (MiB)', align: 'right' },
      ],
      rows,
    );
  },
};
