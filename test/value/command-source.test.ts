import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { Secret, SecretDelivery, SensitiveValue, StoreReference, type CommandValueOptions } from '../../src';
import { newChart } from '../support/charts';
import { withEnvironment } from '../support/environment';
import { refusal } from '../support/refusal';
import { tempFolder } from '../support/temp-folder';

/** A value that a program of Node.js prints. */
const printed = (program: string, options: CommandValueOptions = {}, ...args: string[]) => SensitiveValue.fromCommand([process.execPath, '-e', program, ...args], options);
const WRITE = 'process.stdout.write(process.argv[1])';

test('the value is what the program prints, byte for byte', () => {
  expect(printed('process.stdout.write(Buffer.from([0, 255, 10]))')._read()).toEqual(Buffer.from([0, 255, 10]));
  expect(printed('console.log("hidden")')._read().toString()).toBe('hidden\n');
  expect(printed('console.log("hidden")', { trimNewline: true })._read().toString()).toBe('hidden');
});

test('no shell reads the arguments', () => {
  const argument = '$HOME `id` ; "a" \'b\' * \\ > x';
  expect(printed(WRITE, {}, argument)._read().toString()).toBe(argument);
});

test('the program has the environment of this one, and nothing to read', () => {
  withEnvironment({ TOKEN: 'hidden' }, () => {
    expect(printed('process.stdout.write(process.env.TOKEN + fs.readFileSync(0).length)')._read().toString()).toBe('hidden0');
  });
});

test('one field of what it prints can be the value', () => {
  expect(printed(WRITE, { field: 'db.password' }, '{"db":{"password":"hidden"}}')._read().toString()).toBe('hidden');
  expect(refusal(() => printed(WRITE, { field: 'db' }, '{"a":"hidden"}')._read()).problem).toMatch(/^field "db" of command .* is not there$/);
});

test('it is run when a manifest needs it, and once for all secrets and syntheses that have it', () => {
  const runs = join(tempFolder(), 'runs');
  const value = printed(`fs.appendFileSync(${JSON.stringify(runs)}, 'x'); process.stdout.write('hidden')`);
  const chart = newChart();
  new Secret(chart, 'A', { data: { a: value, b: value.asPublic() } });
  new Secret(chart, 'B', { data: { a: value.orRemote({ key: 'a' }) } });
  expect(existsSync(runs)).toBe(false);
  chart.toJson();
  chart.toJson();
  expect(readFileSync(runs, 'utf8')).toBe('x');
});

test('a program that fails is run once too', () => {
  const runs = join(tempFolder(), 'runs');
  const value = printed(`fs.appendFileSync(${JSON.stringify(runs)}, 'x'); process.exit(1)`);
  expect(refusal(() => value._read()).code).toBe('CommandFailed');
  expect(refusal(() => value._read()).code).toBe('CommandFailed');
  expect(readFileSync(runs, 'utf8')).toBe('x');
});

test('it is not run where the cluster fetches the value', () => {
  const chart = newChart();
  const value = SensitiveValue.fromCommand(['no-such-program']);
  const delivery = SecretDelivery.external({ store: StoreReference.secretStore('s') });
  new Secret(chart, 'A', { metadata: { name: 'a' }, data: { a: value.orRemote({ key: 'a' }) }, delivery });
  expect(chart.toJson().map(({ kind }) => kind)).toEqual(['ExternalSecret']);
});

test.each<[string, () => SensitiveValue, RegExp]>([
  ['ends with another code than 0', () => printed('console.error("hidden"); console.log("hidden"); process.exit(3)'), / ended with exit code 3$/],
  ['is ended by a signal', () => printed('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 10000)'), / was ended by SIGTERM$/],
  ['prints nothing', () => printed(''), / printed nothing$/],
  ['prints only the newline that is left out', () => printed('console.log()', { trimNewline: true }), / printed nothing$/],
  ['takes too long', () => printed('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)', { timeout: Duration.millis(300) }), / took longer than 0.3 s$/],
  ['prints more than a Secret holds', () => printed('process.stdout.write("hidden".repeat(200000))'), / printed more than 1048576 bytes$/],
  ['is not there', () => SensitiveValue.fromCommand(['no-such-program', 'hidden']), /^command "no-such-program" was not found$/],
  ['is no program', () => {
    const path = join(tempFolder(), 'text');
    writeFileSync(path, 'hidden', { mode: 0o600 });
    return SensitiveValue.fromCommand([path]);
  }, /^command "text" may not be run by this user$/],
  ['is a whole command line', () => SensitiveValue.fromCommand(['curl -H hidden']), /^command \(not shown: it is no such name, and could be a value\) was not found$/],
])('a program that %s is refused, without its arguments and what it printed', (_, value, problem) => {
  const refused = refusal(() => value()._read());
  expect(refused.code).toBe('CommandFailed');
  expect(refused.problem).toMatch(problem);
  expect(refused.problem + refused.next).not.toContain('hidden');
});

test.each<[string, unknown]>([
  ['no program', []],
  ['a text for a shell', 'op read x'],
  ['nothing', undefined],
  ['an empty program', ['']],
  ['an argument that is undefined', ['op', undefined]],
  ['an argument with a NUL', ['op', 'hidden\0']],
  ['a SensitiveValue as argument', ['op', SensitiveValue.fromLiteral('hidden')]],
  ['a SensitiveValue in an argument', ['op', `--token=${SensitiveValue.fromLiteral('hidden')}`]],
])('%s is no command', (_, argv) => {
  const refused = refusal(() => SensitiveValue.fromCommand(argv as string[]));
  expect(refused.code).toBe('InvalidCommand');
  expect(refused.problem).not.toContain('hidden');
});

test('a time limit of nothing is refused', () => {
  expect(refusal(() => SensitiveValue.fromCommand(['op'], { timeout: Duration.seconds(0) })).code).toBe('InvalidCommand');
});

test.each<[string, (value: SensitiveValue) => SensitiveValue]>([
  ['itself', value => value],
  ['with a second home', value => value.orRemote({ key: 'a' })],
  ['in a template', value => SensitiveValue.template('{a}', { a: value })],
])('a command that lists what is declared does not run it: %s', (_, made) => {
  const runs = join(tempFolder(), 'runs');
  const value = printed(`fs.appendFileSync(${JSON.stringify(runs)}, 'x'); process.stdout.write('{"a":"hidden"}')`, { field: 'a' });
  const secret = new Secret(newChart(), 'A', { data: { a: made(value), b: SensitiveValue.fromLiteral('b') } });
  expect(secret._loggedKeys.map(({ key, size }) => [key, size])).toEqual([['a', undefined], ['b', undefined]]);
  expect(existsSync(runs)).toBe(false);
});

test('no script runs it: the value is asked for', () => {
  expect(SensitiveValue.fromCommand(['op'])._origin).toBeUndefined();
});
