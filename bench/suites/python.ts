import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isThere, Workshop } from '../../test/languages/workshop';
import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

const PROJECT = resolve(__dirname, '../..');
const FUNCTIONS = '100';
const RUNS = 5;

export const benchmark: Benchmark = {
  title: `the same functions in Python: construct and synthesize ${FUNCTIONS} of them (medians of ${RUNS} runs)`,

  measure() {
    if (!isThere('python3', '-c', 'import venv, ensurepip')) return 'skipped: there is no python3 with venv';
    if (!existsSync(join(PROJECT, 'dist/js'))) return 'skipped: there is no package; run "npx projen compile" and "npx projen package" first';
    const workshop = new Workshop();
    try {
      const environment = workshop.path('venv');
      const python = join(environment, 'bin/python');
      workshop.run('python3', ['-m', 'venv', environment]);
      const peers = Object.entries(workshop.peers()).map(([name, version]) => `${name}==${version}`);
      workshop.run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...peers, workshop.generate('cdk8s-secrets', 'python')]);
      const time = (program: string) => Number(workshop.run(python, [join(__dirname, '../python', program), FUNCTIONS]));
      const turns = Array.from({ length: RUNS + 1 }, () => [time('by_hand.py'), time('with_library.py')]).slice(1);
      const [byHand, withLibrary] = [0, 1].map(program => turns.map(turn => turn[program]).sort((a, b) => a - b)[Math.floor(RUNS / 2)]);
      return renderTable(
        [
          { title: 'by hand, cdk8s-plus-28 (s)', align: 'right' },
          { title: 'cdk8s-secrets (s)', align: 'right' },
          { title: 'ratio (target at most 1.00)', align: 'right' },
        ],
        [[byHand.toFixed(2), withLibrary.toFixed(2), (withLibrary / byHand).toFixed(2)]],
      );
    } finally {
      workshop.close();
    }
  },
};
