import { PACKS } from '../policy/packs';

/** Whether the arguments ask which policies there are. */
export function asksForPolicies(args: readonly string[]): boolean {
  return args.includes('--policy=help') || args[args.indexOf('--policy') + 1] === 'help' && args.includes('--policy');
}

/** Every policy: its rules, with their codes, and the section of the benchmark that they are from. */
export function policyList(): string {
  const width = Math.max(...PACKS.flatMap(({ rules }) => rules.map(({ code }) => code.length)));
  return PACKS.map(({ name, source, rules }) => [
    `${name}: ${source}`,
    ...rules.map(({ code, demands, section }) => `  ${code.padEnd(width)}  ${demands}${section === undefined ? '' : ` (${section})`}`),
    '',
  ].join('\n')).join('\n');
}
