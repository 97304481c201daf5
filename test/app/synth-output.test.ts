import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, type AppProps, Chart, Lazy, Yaml, YamlOutputType } from 'cdk8s';
import { AppInspection, Secret, SensitiveValue, WarningHandling } from '../../src';
import { caught } from '../caught';
import { tempFolder } from '../support/temp-folder';

const TYPES = Object.values(YamlOutputType).filter(type => typeof type === 'number');

/** An app of two charts: one with a Secret, one without. */
function newApp(props: AppProps = {}): App {
  const app = new App({ outdir: join(tempFolder(), 'dist'), ...props });
  const db = new Chart(app, 'db', { namespace: 'shop' });
  new Secret(db, 'Secret', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral('hunter-2-hunter') } });
  const web = new Chart(app, 'web', { namespace: 'shop' });
  new ApiObject(web, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { a: 'b' } });
  return app;
}

/** Every file below a folder, with its content. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return Object.fromEntries(names.sort().map(name => [name, statSync(join(folder, name)).isDirectory() ? '/' : readFileSync(join(folder, name), 'utf8')]));
}

describe('the output of a synth', () => {
  test.each(TYPES)('is what cdk8s writes without this library, for YamlOutputType %s', yamlOutputType => {
    const app = newApp({ yamlOutputType, recordConstructMetadata: true, outputFileExtension: '.yml' });
    app.synth();
    const plain = new App({ outdir: join(tempFolder(), 'dist'), yamlOutputType, recordConstructMetadata: true, outputFileExtension: '.yml' });
    const db = new Chart(plain, 'db', { namespace: 'shop' });
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data: { password: 'aHVudGVyLTItaHVudGVy' }, immutable: false, type: 'Opaque' };
    new ApiObject(db, 'Secret', secret);
    const web = new Chart(plain, 'web', { namespace: 'shop' });
    new ApiObject(web, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { a: 'b' } });
    plain.synth();
    const [ours, theirs] = [app, plain].map(({ outdir }) => filesOf(outdir));
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    for (const name of Object.keys(ours)) if (!name.includes('Secret') && !/db|app|metadata/.test(name)) expect(ours[name]).toBe(theirs[name]);
  });

  /** The files of an app with a ConfigMap of each of these values, with or without this library. */
  const synthOf = (values: readonly string[], isOurs: boolean) => {
    const app = new App({ outdir: join(tempFolder(), 'dist') });
    const chart = new Chart(app, 'chart');
    values.forEach((value, index) => new ApiObject(chart, `Config${index}`, {
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `config-${index}` }, data: { value, list: [value, { value }] } as any,
    }));
    if (isOurs) AppInspection.of(app).configure({ warnings: WarningHandling.QUIET });
    app.synth();
    return readFileSync(join(app.outdir, 'chart.k8s.yaml'), 'utf8');
  };

  test.each([1, 19, 20, 300])('of %i documents is what cdk8s writes without this library', count => {
    const values = Array.from({ length: count }, (_, index) => ['yes', 'a-plain-text', '80', 'two words: quoted', 'two\nlines', '---'][index % 6]);
    expect(synthOf(values, true)).toBe(synthOf(values, false));
  });

  test('of many documents is what a program has made of `Yaml.stringify`', () => {
    const { stringify } = Yaml;
    const replaced = jest.spyOn(Yaml, 'stringify').mockImplementation((...documents) => stringify.call(Yaml, ...documents).replaceAll('a-plain-text', '"a-plain-text"'));
    const values = Array.from({ length: 30 }, () => 'a-plain-text');
    const [ours, theirs] = [synthOf(values, true), synthOf(values, false)];
    replaced.mockRestore();
    expect(ours).toBe(theirs);
    expect(ours).toContain('"a-plain-text"');
  });

  test('of many documents is what a program has made of some of them in `Yaml.stringify`', () => {
    const { stringify } = Yaml;
    Yaml.stringify = (...documents) => documents.map(document => `# ${document.metadata?.name}\n${stringify.call(Yaml, document)}`).join('---\n');
    try {
      const values = Array.from({ length: 30 }, () => 'a-plain-text');
      const [ours, theirs] = [synthOf(values, true), synthOf(values, false)];
      expect(ours).toBe(theirs);
      expect(ours).toContain('# config-29\n');
      Yaml.stringify = (...documents) => stringify.call(Yaml, ...documents.map(document => 'data' in document ? { ...document, seen: true } : document));
      expect(synthOf(values, true)).toBe(synthOf(values, false));
    } finally {
      Yaml.stringify = stringify;
    }
  });

  test.each(TYPES)('has the mode 0600 where it holds values, and only there, for YamlOutputType %s', yamlOutputType => {
    const app = newApp({ yamlOutputType });
    app.synth();
    for (const [name, content] of Object.entries(filesOf(app.outdir))) {
      if (content === '/') continue;
      // eslint-disable-next-line no-bitwise
      expect([name, (statSync(join(app.outdir, name)).mode & 0o077) === 0]).toEqual([name, content.includes('kind: Secret\n')]);
    }
  });

  test.each(TYPES)('is all there or as it was where the last of it cannot be written, for YamlOutputType %s', yamlOutputType => {
    const app = newApp({ yamlOutputType });
    app.synth();
    const before = filesOf(app.outdir);
    const again = newApp({ yamlOutputType, outdir: app.outdir });
    const more = new Chart(again, 'zz');
    new ApiObject(more, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { a: 'changed' } });
    // a directory where the last file should go: cdk8s finds it after it has written the others
    const { save } = Yaml;
    const failing = (path: string, documents: any[]) => {
      if (JSON.stringify(documents).includes('changed')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
      save.call(Yaml, path, documents);
    };
    Yaml.save = failing;
    try {
      expect(caught(() => again.synth()).code).toBe('UnwritableOutput');
      expect(Yaml.save).toBe(failing);
    } finally {
      Yaml.save = save;
    }
    expect(filesOf(app.outdir)).toEqual(before);
  });

  test('is as it was where an object cannot be written, with the notes on it', () => {
    const app = newApp();
    AppInspection.of(app).configure({ existingSecrets: [{ name: 'elsewhere' }] });
    app.synth();
    const before = filesOf(app.outdir);
    expect(Object.keys(before)).toContain('.cdk8s-secrets.app');
    const again = newApp({ outdir: app.outdir });
    mkdirSync(join(app.outdir, 'zz.k8s.yaml'));
    new ApiObject(new Chart(again, 'zz'), 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' } });
    expect(caught(() => again.synth()).code).toBe('UnwritableOutput');
    expect(filesOf(app.outdir)).toEqual({ ...before, 'zz.k8s.yaml': '/' });
  });

  test('of a later synth has no notes where there is nothing more to note', () => {
    const app = newApp();
    AppInspection.of(app).configure({ existingSecrets: [{ name: 'elsewhere' }] });
    app.synth();
    newApp({ outdir: app.outdir }).synth();
    expect(readdirSync(app.outdir).sort()).toEqual(['db.k8s.yaml', 'web.k8s.yaml']);
  });

  test('can be read by an app whose synth goes on after that of cdk8s', () => {
    class Extended extends App {
      public read = '';
      public synth(): void {
        super.synth();
        this.read = readFileSync(join(this.outdir, 'db.k8s.yaml'), 'utf8');
      }
    }
    const app = new Extended({ outdir: join(tempFolder(), 'dist') });
    new Secret(new Chart(app, 'db', { namespace: 'shop' }), 'Secret', { data: { password: SensitiveValue.fromLiteral('hunter-2-hunter') } });
    app.synth();
    expect(app.read).toContain('kind: Secret');
    // eslint-disable-next-line no-bitwise
    expect(statSync(join(app.outdir, 'db.k8s.yaml')).mode & 0o777).toBe(0o600);
  });

  test('leaves files alone that a program writes elsewhere meanwhile', () => {
    const elsewhere = join(tempFolder(), 'x.yaml');
    const app = newApp();
    let found = false;
    app.node.addValidation({
      validate: () => {
        Yaml.save(elsewhere, [{ a: 1 }]);
        found ||= existsSync(elsewhere);
        return [];
      },
    });
    app.synth();
    expect(found).toBe(true);
  });
});

describe('what is written has the last word', () => {
  const PASSWORD = 'hunter-2-hunter';
  const leak = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'leak', namespace: 'shop' }, data: { a: PASSWORD } };
  const SYNTHS: [string, (app: App, chart: Chart) => unknown][] = [
    ...TYPES.map<[string, (app: App) => unknown]>(type => [`app.synth() as ${YamlOutputType[type as YamlOutputType]}`, app => {
      (app as any).yamlOutputType = type;
      app.synth();
    }]),
    ['app.synthYaml()', app => app.synthYaml()],
    ['chart.toJson()', (_, chart) => chart.toJson()],
  ];

  function newChart<T extends Chart>(chartClass: new (app: App, id: string, props: object) => T): { app: App; chart: T } {
    const app = new App({ outdir: tempFolder() });
    const chart = new chartClass(app, 'web', { namespace: 'shop' });
    new Secret(chart, 'Db', { metadata: { name: 'db' }, data: { password: SensitiveValue.fromLiteral(PASSWORD) } });
    return { app, chart };
  }

  describe.each(SYNTHS)('in %s', (name, synth) => {
    test('of an object that a later validation adds', () => {
      const { app, chart } = newChart(Chart);
      const validate = () => {
        if (chart.node.tryFindChild('Late') === undefined) new ApiObject(chart, 'Late', leak);
        return [];
      };
      chart.node.addValidation({ validate });
      expect(caught(() => synth(app, chart)).message).toMatch(/\[web\/Late\] LeakedValue: data\.a/);
      expect(readdirSync(app.outdir)).toEqual([]);
    });

    test('of an object that a later validation changes, which is written as it is then', () => {
      const { app, chart } = newChart(Chart);
      const data: Record<string, string> = {};
      new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: Lazy.any({ produce: () => data }) });
      let value = 'harmless';
      chart.node.addValidation({ validate: () => { data.late = value; return []; } });
      synth(app, chart);
      if (name === 'app.synthYaml()') expect(app.synthYaml()).toContain('late: harmless');
      if (name === 'chart.toJson()') expect(JSON.stringify(chart.toJson())).toContain('"late":"harmless"');
      if (name.startsWith('app.synth() ')) expect(JSON.stringify(filesOf(app.outdir))).toContain('late: harmless');
      value = PASSWORD;
      expect(caught(() => synth(app, chart)).message).toMatch(/\[web\/Config\] LeakedValue: data\.late/);
    });

    // cdk8s writes the objects of a chart by themselves in this one
    if (name.includes('FOLDER_PER_CHART')) return;
    test('of what a chart adds in a toJson of its own', () => {
      const { app, chart } = newChart(class extends Chart {
        public toJson(): any[] {
          return [...super.toJson(), leak];
        }
      });
      expect(caught(() => synth(app, chart)).message).toContain('LeakedValue: data.a');
      expect(readdirSync(app.outdir)).toEqual([]);
    });

    test('of what a chart changes in a toJson of its own, in place or in a copy', () => {
      for (const change of [(objects: any[]) => objects.forEach(object => { object.metadata.labels = { p: PASSWORD }; }),
        (objects: any[]) => objects.splice(0, 1, { ...objects[0], metadata: { ...objects[0].metadata, labels: { p: PASSWORD } } })]) {
        const { app, chart } = newChart(class extends Chart {
          public toJson(): any[] {
            const objects = super.toJson();
            change(objects);
            return objects;
          }
        });
        expect(caught(() => synth(app, chart)).message).toContain('[web/Db] LeakedValue: metadata.labels.p');
      }
    });

    test('and a chart may leave objects out that others refer to', () => {
      const { app, chart } = newChart(class extends Chart {
        public toJson(): any[] {
          return super.toJson().filter(({ kind }) => kind !== 'Secret');
        }
      });
      new ApiObject(chart, 'Pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'c', image: 'i', envFrom: [{ secretRef: { name: 'db' } }] }] },
      });
      expect(() => synth(app, chart)).not.toThrow();
    });
  });

  test('of a chart with a toJson that asks nobody else', () => {
    const { app, chart } = newChart(class extends Chart {
      public toJson(): any[] {
        return [leak];
      }
    });
    expect(caught(() => app.synth()).message).toContain('LeakedValue');
    expect(caught(() => chart.toJson()).message).toContain('LeakedValue');
  });
});
