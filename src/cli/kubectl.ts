import { spawnSync } from 'node:child_process';
import { UsageError } from './command';
import type { Io } from './io';
import { list, record, text } from '../inspect/model/untyped';
import type { LiveSecret } from '../report/live-secret';

const MAX_BYTES = 1024 * 1024 * 1024;

/** What kubectl says, as far as it can hold no value and no credential, by what it means. */
const REASONS: readonly [RegExp, string][] = [
  [/was refused|connection refused/i, 'nothing answers at the address of the cluster'],
  [/no such host|lookup /i, 'there is no host of that name'],
  [/timeout|timed out|deadline exceeded/i, 'the cluster does not answer in time'],
  [/\(Unauthorized\)|must be logged in|provide credentials/i, 'the cluster does not know the user'],
  [/\(Forbidden\)|is forbidden/i, 'the user may not read that'],
  [/context was not found|" does not exist/i, 'there is no such context'],
  [/certificate/i, 'the certificate of the cluster, or of the user, does not hold'],
  [/no configuration has been provided|invalid configuration/i, 'there is no usable KUBECONFIG'],
];

/** Prints names, types and keys, each a word in Go's quotes, and no value. */
const NAMES_ONLY = '{{range .items}}{{printf "%q %q %q %t" .metadata.namespace .metadata.name .type (eq (printf "%v" .immutable) "true")}}'
  + '{{range $key, $value := .data}}{{printf " %q" $key}}{{end}}{{"\\n"}}{{end}}';

/** The cluster that kubectl reaches. Nothing is changed in it. */
export class Kubectl {
  constructor(private readonly environment: Io['environment'], private readonly context?: string) {}

  /**
   * The secrets of a namespace.
   *
   * @param namespace the one of the context, where it is undefined
   * @throws UsageError where there is no kubectl, or no cluster that it reaches
   */
  public secrets(namespace: string | undefined): LiveSecret[] {
    const output = this.ask(['get', 'secrets', ...namespace === undefined ? [] : [`--namespace=${namespace}`], '-o', `go-template=${NAMES_ONLY}`]);
    return output.split('\n').filter(line => line !== '').map(parseSecret);
  }

  /**
   * The kinds that an API version serves; undefined where the cluster does not serve it.
   *
   * @throws UsageError where there is no kubectl, or no cluster that it reaches
   */
  public kindsOf(apiVersion: string): ReadonlySet<string> | undefined {
    const answer = this.run(['get', '--raw', apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`]);
    if (answer.status !== 0 && /\(NotFound\)|could not find the requested resource/i.test(answer.stderr)) return undefined;
    const { resources } = record(parseJson(this.checked(answer)));
    return new Set(list(resources).map(resource => text(record(resource).kind)));
  }

  /** The versions of an API group that the cluster serves. */
  public versionsOf(group: string): string[] {
    const groups = list(record(parseJson(this.ask(['get', '--raw', '/apis']))).groups).map(record);
    return list(groups.find(({ name }) => name === group)?.versions).map(version => text(record(version).version));
  }

  /**
   * Objects of the cluster, with all that is in them.
   *
   * @param identities what they are called; those that are not there are left out
   */
  public objects(identities: readonly unknown[]): Record<string, unknown>[] {
    if (identities.length === 0) return [];
    const output = this.ask(['get', '-f', '-', '-o', 'json', '--ignore-not-found', '--show-managed-fields'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: identities }));
    if (output.trim() === '') return [];
    const answer = record(parseJson(output));
    return answer.kind === 'List' ? list(answer.items).map(record) : [answer];
  }

  private ask(args: readonly string[], input?: string): string {
    return this.checked(this.run(args, input));
  }

  private checked({ status, stdout, stderr }: Answer): string {
    if (status === 0) return stdout;
    const reason = REASONS.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'kubectl version says why';
    throw new UsageError(`kubectl cannot read the cluster: ${reason}`);
  }

  private run(args: readonly string[], input?: string): Answer {
    const all = [...this.context === undefined ? [] : [`--context=${this.context}`], ...args];
    const { error, status, stdout, stderr } = spawnSync('kubectl', all, { input, encoding: 'utf8', env: { ...this.environment }, maxBuffer: MAX_BYTES });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw new UsageError('kubectl is not installed');
    return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function parseSecret(line: string): LiveSecret {
  const words = line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const [namespace, name, type, immutable, ...keys] = words.map(unquote);
  return { namespace, name, type, immutable: immutable === 'true', keys: keys.sort() };
}

/** A word that Go has quoted. Names and keys have nothing to escape; of a type that is no text that JSON knows, what stands between the quotes is shown. */
function unquote(word: string): string {
  if (!word.startsWith('"')) return word;
  try {
    return JSON.parse(word) as string;
  } catch {
    return word.slice(1, -1);
  }
}

/** What kubectl printed may hold values: of text that is no JSON nothing is said. */
function parseJson(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw new UsageError('kubectl printed no JSON');
  }
}
