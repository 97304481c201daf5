import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';

/** How many functions, and how many runs for the median: small ones scatter more. */
const SIZES = [{ functions: 1, runs: 15 }, { functions: 100, runs: 11 }, { functions: 1000, runs: 7 }] as const;

const PROGRAMS = ['functions-by-hand', 'functions-with-library'];

export const benchmark: Benchmark = {
  title: 'OpenFaaS functions, each with a secret of its own: load the libraries, construct and synthesize '
    + `(medians of ${SIZES.map(size => size.runs).join(', ')} runs)`,

  measure(lab) {
    const measured = SIZES.map(({ functions, runs }) => {
      const [byHand, withLibrary] = lab.medians(PROGRAMS.map(name => ({ name, args: [String(functions)] })), runs);
      return { functions, byHand, withLibrary };
    });
    const sizes = renderTable(
      [
        { title: 'functions', align: 'right' },
        { title: 'objects', align: 'right' },
        { title: 'by hand, cdk8s-plus-28 (ms)', align: 'right' },
        { title: 'cdk8s-secrets (ms)', align: 'right' },
        { title: 'ratio (target at most 1.00)', align: 'right' },
        { title: 'bytes by hand', align: 'right' },
        { title: 'bytes', align: 'right' },
      ],
      measured.map(({ functions, byHand, withLibrary }) => [
        String(functions), String(withLibrary.objects), byHand.wholeMs.toFixed(0), withLibrary.wholeMs.toFixed(0),
        (withLibrary.wholeMs / byHand.wholeMs).toFixed(2), String(byHand.bytes), String(withLibrary.bytes),
      ]),
    );
    const withoutImports = renderTable(
      [
        { title: 'without the imports: functions', align: 'right' },
        { title: 'by hand (ms)', align: 'right' },
        { title: 'cdk8s-secrets, which loads most of itself here (ms)', align: 'right' },
        { title: 'ratio', align: 'right' },
      ],
      measured.map(({ functions, byHand, withLibrary }) => [
        String(functions), byHand.ms.toFixed(1), withLibrary.ms.toFixed(1), (withLibrary.ms / byHand.ms).toFixed(2),
      ]),
    );

    const [, hundred, thousand] = measured;
    const growth = renderTable(
      [{ title: 'construct and synthesize: time of 1,000 functions / time of 100' }, { title: 'growth (target at most 11)', align: 'right' }],
      [
        ['by hand, cdk8s-plus-28', (thousand.byHand.ms / hundred.byHand.ms).toFixed(1)],
        ['cdk8s-secrets', (thousand.withLibrary.ms / hundred.withLibrary.ms).toFixed(1)],
      ],
    );
    return [sizes, withoutImports, growth].join('\n\n');
  },
};
