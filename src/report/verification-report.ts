import { Verdict, type Verified } from './expectations';
import { printable, printableJson } from './printable';
import { number } from './report';
import { TOOL } from './tool';

/** What a cluster was asked for, and has. */
export interface Verification {
  readonly secrets: readonly Verified[];
  readonly kinds: readonly Verified[];
}

/** How much is not as it is expected. */
export function countWrong({ secrets, kinds }: Verification): number {
  return [...secrets, ...kinds].filter(({ verdict }) => verdict !== Verdict.OK).length;
}

/** What a cluster has and lacks, for people. */
export function verificationText(verification: Verification): string {
  const { secrets, kinds } = verification;
  const count = secrets.length + kinds.length;
  if (count === 0) return 'nothing is expected of the cluster\n';
  const wrong = countWrong(verification);
  return [
    section('Secrets', secrets),
    section('Kinds', kinds),
    wrong === 0 ? `${number(count, 'thing')} looked for, all there\n` : `${number(count, 'thing')} looked for, ${wrong} not there or not as expected\n`,
  ].join('');
}

function section(title: string, lines: readonly Verified[]): string {
  if (lines.length === 0) return '';
  const width = Math.min(50, lines.reduce((most, { what }) => Math.max(most, printable(what).length), 0));
  return [
    title, ...lines.map(({ what, verdict, details }) => `  ${verdict.padEnd(7)}  ${printable(what).padEnd(width)}  ${printable(details.join('; '))}`.trimEnd()), '', '',
  ].join('\n');
}

/** The same for programs. */
export function verificationJson({ secrets, kinds }: Verification): string {
  return printableJson({ schemaVersion: 1, tool: { name: TOOL.name, version: TOOL.version }, secrets, kinds });
}
