import { resolve } from 'node:path';
import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const CERTIFICATE = resolve(__dirname, '../../examples/environments/sealed-secrets.pem');
const SIZES = [100, 1000];
const WAYS = ['manifest', 'random', 'deterministic'];
const RUNS = 5;

export const benchmark: Benchmark = {
  title: `declare, seal with RSA-4096 and synthesize secrets of one value (medians of ${RUNS} runs)`,

  measure(lab) {
    const times = SIZES.map(size => lab.medians(WAYS.map(way => ({ name: 'seal', args: [String(size), CERTIFICATE, way] })), RUNS).map(({ ms }) => ms));
    return renderTable(
      [
        { title: 'delivery' },
        ...SIZES.map(size => ({ title: `${size} values (ms)`, align: 'right' as const })),
        { title: 'more than plain, each (ms)', align: 'right' },
        { title: 'growth (10 is linear)', align: 'right' },
      ],
      WAYS.map((way, index) => {
        const [small, large] = times.map(ofSize => ofSize[index]);
        const each = (large - times[1][0]) / SIZES[1];
        return [way, small.toFixed(0), large.toFixed(0), each.toFixed(2), (large / small).toFixed(1)];
      }),
    );
  },
};
