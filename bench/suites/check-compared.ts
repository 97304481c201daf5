import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderTable } from '../../tools/table';
import type { Benchmark } from '../benchmark';
import { manifests } from '../manifests';

const RUNS = 5;
const OBJECTS = 10_000;

/** What others look at the same manifests with. They need Go, which builds them. */
const TOOLS = [
  { name: 'kubeconform', module: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.6.7', title: 'kubeconform 0.6.7, without schemas' },
  { name: 'kube-score', module: 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0', title: 'kube-score 1.20.0' },
] as const;

const READ = "require(process.argv[1]).loadAll(require('fs').readFileSync(process.argv[2], 'utf8'))";

export const benchmark: Benchmark = {
  title: `whole processes on one YAML file of ${OBJECTS} Secrets and Deployments without errors (medians of ${RUNS} runs)`,

  measure(lab) {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-compared-'));
    try {
      const file = join(folder, 'manifests.yaml');
      writeFileSync(file, manifests(OBJECTS, Infinity));
      const programs = [
        { title: 'cdk8s-secrets check', command: [process.execPath, lab.command, 'check', file] },
        { title: 'the same with --v8-pool-size=1', command: [process.execPath, '--v8-pool-size=1', lab.command, 'check', file] },
        { title: 'js-yaml, which only reads', command: [process.execPath, '-e', READ, createRequire(__filename).resolve('js-yaml'), file] },
        ...TOOLS.filter(({ module }) => install(module, folder)).map(({ name, title }) => {
          return { title, command: [join(folder, name), ...argumentsOf(name, folder), file] };
        }),
      ];
      const missing = TOOLS.filter(({ title }) => !programs.some(program => program.title === title)).map(({ title }) => title);
      const figures = lab.medians(programs.map(({ command }) => ({ name: 'process', args: command })), RUNS);
      const ratio = (ours: number, index: number) => (figures[ours].ms / figures[index].ms).toFixed(2);
      const titles = ['ms', 'check / this', 'with --v8-pool-size=1 / this'];
      const table = renderTable(
        [{ title: 'process' }, ...titles.map(title => ({ title, align: 'right' as const }))],
        programs.map(({ title }, index) => [title, figures[index].ms.toFixed(0), ratio(0, index), ratio(1, index)]),
      );
      const targets = 'targets: at most 2.0 of js-yaml, at most 1.0 of kubeconform';
      return [table, '', targets, ...missing.map(title => `SKIPPED: ${title}, which Go cannot build here`)].join('\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function argumentsOf(name: (typeof TOOLS)[number]['name'], folder: string): readonly string[] {
  return name === 'kubeconform' ? ['-ignore-missing-schemas', '-schema-location', join(folder, 'none')] : ['score'];
}

function install(module: string, folder: string): boolean {
  return spawnSync('go', ['install', module], { env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' }, stdio: 'ignore' }).status === 0;
}
