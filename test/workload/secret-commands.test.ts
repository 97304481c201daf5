import { Chart, Testing } from 'cdk8s';
import { Alphabet, Secret, SensitiveValue } from '../../src/index';
import { secretCommand } from '../../src/workload/secret-commands';
import { BINARY, HARD } from '../cli/scripts/declared';
import { SHELLS_HERE } from '../cli/scripts/shells';
import { StandIns } from '../cli/scripts/stand-in';
import { tempFolder } from '../support/temp-folder';

/** The command line for one value, for a program that takes files as faas-cli does. */
function line(value: SensitiveValue): string {
  const secret = new Secret(new Chart(Testing.app(), 'c'), 'S', { metadata: { name: 's' }, data: { s: value } });
  return secretCommand({ name: 's', secret, key: 's' }, file => `save --from-file=${file}`, 'save');
}

const file = (name: string) => SensitiveValue.fromFile(name);
const trimmed = (name: string) => SensitiveValue.fromFile(name, { trimNewline: true });
const variable = (options = {}) => SensitiveValue.fromEnvironment('VALUE', options);

describe.each(SHELLS_HERE.map(shell => [shell.join(' '), shell]))('run by %s', (_, shell) => {
  const run = (value: SensitiveValue, files: Record<string, Buffer | string>, env: Record<string, string>, before = '') => {
    const standIns = new StandIns(tempFolder(files), { save: 'for arg; do case $arg in --from-file=*) cat < "${arg#*=}" > "$stdin";; esac; done' });
    const { status } = standIns.run(`${before}${line(value)}\n`, env, shell);
    return { status, calls: standIns.calls() };
  };

  test.each<[string, SensitiveValue, Record<string, Buffer | string>, Record<string, string>, Buffer | string]>([
    ['a binary file', file('a,b=c $d'), { 'a,b=c $d': BINARY }, {}, BINARY],
    ['a file that looks like an option', file('-f'), { '-f': 'x' }, {}, 'x'],
    ['a file with newlines at its end', file('f'), { f: 'x\n\n' }, {}, 'x\n\n'],
    ['a file without its newline', trimmed('f'), { f: `${HARD}\n\n` }, {}, `${HARD}\n`],
    ['a file that never had one', trimmed('f'), { f: HARD }, {}, HARD],
    ['a file without its newline of Windows', trimmed('f'), { f: 'one\r\ntwo\r\n' }, {}, 'one\r\ntwo'],
    ['a file of other bytes than UTF-8', trimmed('f'), { f: Buffer.from([0xff, 0xc3, 0x0a]) }, {}, Buffer.from([0xff, 0xc3])],
    ['a file that looks like an assignment, without its newline', trimmed('a=b'), { 'a=b': 'x\n' }, {}, 'x'],
    ['a variable', variable(), {}, { VALUE: `${HARD}\n` }, `${HARD}\n`],
    ['a variable that may be empty', variable({ allowEmpty: true }), {}, { VALUE: '' }, ''],
  ])('the value of %s comes through byte for byte, and is no argument', (__, value, files, env, bytes) => {
    const { status, calls } = run(value, files, env);
    expect([status, calls.length]).toEqual([0, 1]);
    expect(calls[0].stdin).toEqual(Buffer.from(bytes));
    expect(calls[0].args.filter(arg => !arg.startsWith('--from-file='))).toEqual([]);
  });

  test.each([
    ['not set', variable(), {}],
    ['set to nothing', variable(), { VALUE: '' }],
    ['not set, and may be empty', variable({ allowEmpty: true }), {}],
  ])('a variable that is %s is an error, and nothing is done', (__, value, env) => {
    const { status, calls } = run(value, {}, env);
    expect(status).not.toBe(0);
    expect(calls).toEqual([]);
  });

  test.each<[string, SensitiveValue, RegExp]>([
    ['a text', SensitiveValue.generated({ length: 40 }), /^[A-Za-z0-9]{40}$/],
    ['a text of characters that shells and tr know', SensitiveValue.generated({ length: 100, alphabet: Alphabet.of('-\\\'"$`[]:=*^~!a') }), /^[-\\'"$`[\]:=*^~!a]{100}$/],
    ['a UUID', SensitiveValue.generatedUuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
  ])('%s that is generated is made of random bytes, each time anew', (__, value, form) => {
    const texts = [1, 2].map(() => run(value, {}, {}).calls[0].stdin.toString());
    expect(texts).toEqual([expect.stringMatching(form), expect.stringMatching(form)]);
    expect(texts[0]).not.toBe(texts[1]);
  });
});
