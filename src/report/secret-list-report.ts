import { printable, printableJson } from './printable';
import { number } from './report';
import type { ListedSecret } from './secret-list';
import { renderTable } from '../inspect/view/text-table';

/** A table for people: a line for each secret, and below it one for each further key, user and grant. */
export function tableList(secrets: readonly ListedSecret[]): string {
  if (secrets.length === 0) return 'there is no Secret\n';
  const asked = secrets.some(({ cluster }) => cluster !== undefined);
  const rows = secrets.flatMap(secret => {
    const keys = secret.keys?.map(({ key, size, source }) => `${key}${size === undefined ? '' : ` (${number(size, 'byte')})`}${source === undefined ? '' : `: ${source}`}`);
    const columns = [keys ?? ['not known'], secret.boundTo, secret.grantedTo, ...asked ? [secret.cluster ?? []] : []];
    const height = Math.max(1, ...columns.map(column => column.length));
    return Array.from({ length: height }, (_, line) => [
      ...line === 0 ? [secret.namespace ?? '', secret.name, secret.type ?? '', `${secret.delivery}${secret.immutable ? ', immutable' : ''}`] : ['', '', '', ''],
      ...columns.map(column => column[line] ?? ''),
    ].map(printable));
  });
  return renderTable(['NAMESPACE', 'NAME', 'TYPE', 'DELIVERY', 'KEYS', 'BOUND TO', 'GRANTED TO', ...asked ? ['CLUSTER'] : []], rows);
}

/** The list as JSON, for programs. */
export function jsonList(secrets: readonly ListedSecret[]): string {
  return printableJson({ secrets });
}

/** A line for each key, as RFC 4180 has it; a secret whose keys are not known has one line. */
export function csvList(secrets: readonly ListedSecret[]): string {
  const asked = secrets.some(({ cluster }) => cluster !== undefined);
  const head = ['namespace', 'name', 'type', 'delivery', 'key', 'size', 'source', 'boundTo', 'grantedTo', ...asked ? ['cluster'] : []];
  const rows = secrets.flatMap(({ namespace, name, type, delivery, keys = [], boundTo, grantedTo, cluster = [] }) => {
    const [first, ...others] = keys;
    const row = (key?: typeof first) => [
      namespace ?? '', name, type ?? '', delivery, key?.key ?? '', key?.size === undefined ? '' : String(key.size), key?.source ?? '', boundTo.join('; '), grantedTo.join('; '),
      ...asked ? [cluster.join('; ')] : [],
    ];
    return [row(first), ...others.map(row)];
  });
  return [head, ...rows].map(cells => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet would compute what begins with one of these characters, so such a cell is made a text. */
function cell(text: string): string {
  const shown = printable(text);
  const safe = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
