import { ExitCode, UsageError, type Command } from './command';
import type { Options } from './option';
import { oneOf, parseOptions } from './parse-options';

/** What a shell calls to hear what may stand where the cursor is: a line for each word, with a tab before what it does, and one that says whether files may. */
export const COMPLETE = '__complete';
/** The line that says so. */
export const FILES = ':files';

const BASH = `# completion of cdk8s-secrets for bash
_cdk8s_secrets() {
  local word does
  COMPREPLY=()
  while IFS=$'\\t' read -r word does; do
    if [[ $word == '${FILES}' ]]; then
      compopt -o default
    else
      COMPREPLY+=("$(printf '%q' "$word")")
    fi
  done < <("\${COMP_WORDS[0]}" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _cdk8s_secrets cdk8s-secrets
`;

const ZSH = `#compdef cdk8s-secrets
# completion of cdk8s-secrets for zsh
_cdk8s_secrets() {
  local word does files=0
  local -a found
  while IFS=$'\\t' read -r word does; do
    if [[ $word == '${FILES}' ]]; then
      files=1
    else
      found+=("\${word//:/\\\\:}:$does")
    fi
  done < <("\${words[1]}" ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe -o 'cdk8s-secrets' found
  (( files )) && _files
}
if [[ "\${funcstack[1]}" == '_cdk8s_secrets' ]]; then
  _cdk8s_secrets
else
  compdef _cdk8s_secrets cdk8s-secrets
fi
`;

const FISH = `# completion of cdk8s-secrets for fish
function __cdk8s_secrets_complete
  set -l typed (commandline -opc)
  set -l program $typed[1]
  set -e typed[1]
  for line in ($program ${COMPLETE} $typed (commandline -ct) 2>/dev/null)
    if test "$line" = '${FILES}'
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c cdk8s-secrets -f -a '(__cdk8s_secrets_complete)'
`;

const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
const SHELLS = ['bash', 'zsh', 'fish'] as const;
const COMPLETION_OPTIONS = {} as const satisfies Options;

/** `cdk8s-secrets completion`: a script with which a shell completes what is typed. */
export const completionCommand: Command = {
  name: 'completion',
  summary: 'prints the completion for bash, zsh or fish',
  usage: ['bash|zsh|fish'],
  description: 'Prints a script with which a shell completes commands, options, their values, files, and codes. The shell asks the installed program, so the script never has to be '
    + 'made again.',
  examples: [
    { call: 'source <(cdk8s-secrets completion bash)', does: 'in ~/.bashrc' },
    { call: 'source <(cdk8s-secrets completion zsh)', does: 'in ~/.zshrc, after compinit' },
    { call: 'cdk8s-secrets completion fish | source', does: 'in ~/.config/fish/config.fish' },
  ],
  options: COMPLETION_OPTIONS,
  exits: { [ExitCode.CLEAN]: 'done', [ExitCode.UNUSABLE]: 'there is no such shell' },
  completes: () => ({ words: SHELLS }),

  async run(args, { stdout }) {
    const { positionals } = parseOptions(args, COMPLETION_OPTIONS);
    const shell = oneOf(positionals[0], SHELLS, 'shell', 'shells');
    if (positionals.length > 1) throw new UsageError(`${JSON.stringify(positionals[1])} is too much; name one shell`);
    stdout.write(SCRIPTS[shell]);
    return ExitCode.CLEAN;
  },
};
