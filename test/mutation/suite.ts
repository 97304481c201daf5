type Action = () => unknown;

/** What a `describe` holds, or a file. */
export interface Suite {
  readonly name: string;
  readonly hooks: Readonly<Record<Hook, Action[]>>;
  readonly entries: (Suite | Test)[];
}

interface Test {
  readonly name: string;
  readonly action: Action;
}

/** What came of a test. */
export interface Outcome {
  readonly id: string;
  readonly milliseconds: number;
  readonly failed: boolean;
}

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const;
type Hook = typeof HOOKS[number];

const newSuite = (name: string): Suite => ({ name, hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] }, entries: [] });

let current = newSuite('');

/** Has a file add its tests, which call `describe`, `test` and the hooks of jest. */
export function collect(load: () => void): Suite {
  current = newSuite('');
  const suite = current;
  load();
  return suite;
}

function describe(name: string, body: () => void): void {
  const outer = current;
  current = newSuite(String(name));
  outer.entries.push(current);
  body();
  current = outer;
}

/** The globals of jest, but for its mocks: files that need these cannot be collected. */
export function globals(expect: unknown, bind: (of: unknown) => unknown): Record<string, unknown> {
  const skip = Object.assign(() => {}, { each: () => () => {} });
  const test = (name: string, action: Action) => { current.entries.push({ name: String(name), action }); };
  return {
    expect,
    describe: Object.assign(describe, { each: bind(describe), skip }),
    test: Object.assign(test, { each: bind(test), skip }),
    jest: { setTimeout: () => {} },
    ...Object.fromEntries(HOOKS.map(hook => [hook, (action: Action) => { current.hooks[hook].push(action); }])),
  };
}

/** Who runs tests. */
export interface Audience {
  /** Whether a test of this id is to be run. */
  isWanted(id: string): boolean;
  /** Called before each. */
  onStart(id: string): void;
  /** Called after each; nothing more is run where it returns false. */
  onOutcome(outcome: Outcome): boolean;
}

/** Runs tests of a suite, one after the other, and says whether it came to the end. */
export async function run(suite: Suite, path: string, audience: Audience, around: readonly Suite[] = []): Promise<boolean> {
  const suites = [...around, suite];
  if (!hasWanted(suite, path, audience)) return true;
  for (const action of suite.hooks.beforeAll) await action();
  for (const entry of suite.entries) {
    const id = `${path} › ${entry.name}`;
    if ('entries' in entry) {
      if (!await run(entry, id, audience, suites)) return false;
    } else if (audience.isWanted(id)) {
      audience.onStart(id);
      if (!audience.onOutcome({ id, ...await outcomeOf(entry, suites) })) return false;
    }
  }
  for (const action of suite.hooks.afterAll) await action();
  return true;
}

function hasWanted({ entries }: Suite, path: string, audience: Audience): boolean {
  return entries.some(entry => {
    const id = `${path} › ${entry.name}`;
    return 'entries' in entry ? hasWanted(entry, id, audience) : audience.isWanted(id);
  });
}

async function outcomeOf({ action }: Test, suites: readonly Suite[]): Promise<Omit<Outcome, 'id'>> {
  const start = performance.now();
  let failed = false;
  try {
    for (const { hooks } of suites) for (const each of hooks.beforeEach) await each();
    await action();
    for (const { hooks } of [...suites].reverse()) for (const each of hooks.afterEach) await each();
  } catch {
    failed = true;
  }
  return { milliseconds: performance.now() - start, failed };
}
