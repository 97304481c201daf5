import { spawnSync } from 'node:child_process';
import { pathWithProgram } from './program';
import { run } from './run';
import { tempFile } from '../support/temp-folder';

test.each(['bash', 'zsh', 'fish'])('prints a script for %s', async shell => {
  const { code, stdout, stderr } = await run(['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`# completion of cdk8s-secrets for ${shell}\n`);
});

test.each<[string[], RegExp]>([
  [['tcsh'], /there is no shell "tcsh"; shells: "bash", "zsh", "fish"/],
  [['zhs'], /did you mean "zsh"\?/],
  [[], /no shell is named; shells: bash, zsh, fish/],
  [['bash', 'zsh'], /"zsh" is too much/],
])('refuses %j', async (shells, message) => {
  expect(await run(['completion', ...shells])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});

/** How a shell is asked what it completes a line to: `typed` is in the variable TYPED, split at spaces where it has to be. */
const ASK: Readonly<Record<string, string>> = {
  bash: `source "$SCRIPT"
    compopt() { echo "compopt $*"; }
    IFS=' ' read -r -a COMP_WORDS <<< "$TYPED"
    [[ $TYPED == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _cdk8s_secrets
    (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"`,
  // compadd and what is built on it work at a prompt only
  zsh: `compdef() { :; }
    source "$SCRIPT"
    _describe() { local list=\${@[-1]}; print -l -- \${(P)list} | sed 's/\\([^\\]\\):.*/\\1/'; }
    _files() { echo 'compopt -o default'; }
    words=("\${(@s: :)TYPED}"); CURRENT=$#words
    _cdk8s_secrets`,
  fish: `source "$SCRIPT"
    function __fish_complete_path; echo 'compopt -o default'; end
    complete -C "$TYPED" | string replace -r '\\t.*' ''`,
};

const HERE = Object.keys(ASK).filter(shell => spawnSync(shell, ['--version']).error === undefined);
const MISSING = Object.keys(ASK).filter(shell => !HERE.includes(shell));

(HERE.length > 0 ? describe : describe.skip).each(HERE.length > 0 ? HERE : ['no shell'])('%s itself', shell => {
  const path = pathWithProgram();
  let script: string;
  beforeAll(async () => {
    script = tempFile((await run(['completion', shell])).stdout);
  });

  test.each<[string, string[]]>([
    ['cdk8s-secrets expl', ['explain']],
    ['cdk8s-secrets explain UnknownK', ['UnknownKey']],
    ['cdk8s-secrets check --format j', ['json', 'junit']],
    ['cdk8s-secrets check ', ['compopt -o default']],
  ])('completes %j to %j', (typed, expected) => {
    const { stdout, stderr } = spawnSync(shell, ['-c', ASK[shell]], { encoding: 'utf8', env: { ...process.env, PATH: path, SCRIPT: script, TYPED: typed } });
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter(line => line !== '').sort()).toEqual([...expected].sort());
  }, 60_000);
});

(MISSING.length === 0 ? test : test.skip)(`zsh and fish are asked too (${MISSING.join(' and ')} not installed)`, () => {
  expect(HERE).toEqual(Object.keys(ASK));
});
