/** Runs something with these environment variables, `undefined` for one that is not set, and puts back what was there. */
export function withEnvironment<T>(variables: Record<string, string | undefined>, action: () => T): T {
  const before = Object.keys(variables).map(name => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  Object.entries(variables).forEach(([name, value]) => set(name, value));
  try {
    return action();
  } finally {
    before.forEach(([name, value]) => set(name, value));
  }
}
