import { allText, graphOf, placed, readerText, sourcesOf, type Box } from './exposure-graph';
import type { ExposureView, ViewedLink } from './exposure-view';
import { escapeMarkdown } from '../markdown-report';
import { printable, printableJson } from '../printable';
import { TOOL } from '../tool';

/** How many Secrets, and readings of one, Markdown has: comments of a forge have a limit. */
const MAX_SECRETS = 200;
const MAX_READINGS = 20;

/** JSON for programs. The shape is stable: fields may be added, none changes its meaning while `schemaVersion` stays. docs/exposure.md describes it. */
export function exposureJson(view: ExposureView): string {
  return printableJson({ schemaVersion: 1, tool: { name: TOOL.name, version: TOOL.version }, ...view });
}

/** A diagram that forges draw in Markdown. */
export function exposureMermaid(view: ExposureView): string {
  const { boxes, lines } = graphOf(view);
  const shapes: Readonly<Record<Box['kind'], readonly [string, string]>> = { source: ['([', '])'], secret: ['[', ']'], all: ['{{', '}}'], reader: ['(', ')'] };
  return [
    'flowchart LR',
    ...boxes.map(({ id, label, kind }) => `  ${id}${shapes[kind][0]}"${mermaidText(label)}"${shapes[kind][1]}`),
    ...lines.map(({ from, to, label }) => `  ${from} -->|${mermaidText(label)}| ${to}`),
  ].map(line => `${line}\n`).join('');
}

/** A graph for Graphviz. */
export function exposureDot(view: ExposureView): string {
  const { boxes, lines } = graphOf(view);
  const shapes: Readonly<Record<Box['kind'], string>> = { source: 'ellipse', secret: 'box', all: 'hexagon', reader: 'box, style=rounded' };
  return [
    'digraph exposure {',
    '  rankdir=LR;',
    ...boxes.map(({ id, label, kind }) => `  ${id} [label=${dotText(label)}, shape=${shapes[kind]}];`),
    ...lines.map(({ from, to, label }) => `  ${from} -> ${to} [label=${dotText(label)}];`),
    '}',
  ].map(line => `${line}\n`).join('');
}

/** Markdown: the Secrets as a table, and who can read each. */
export function exposureMarkdown(view: ExposureView): string {
  const { secrets, links, notes } = view;
  const shown = secrets.slice(0, MAX_SECRETS);
  const own = new Map<number | string, ViewedLink[]>();
  for (const link of links) {
    const known = own.get(link.secret);
    if (known === undefined) own.set(link.secret, [link]);
    else known.push(link);
  }
  const rows = shown.map(secret => [
    placed(secret), secret.keys?.join(', ') ?? 'not known', sourcesOf(secret).join(', '), secret.rollout, String(secret.readers),
    secret.findings.map(({ code }) => code).filter((code, index, codes) => codes.indexOf(code) === index).join(', '),
  ]);
  const sections = [
    '# Who can read which Secret',
    ['| Secret | keys | delivery | rollout | readers | findings |', '|---|---|---|---|---:|---|', ...rows.map(cells => `| ${cells.map(escapeMarkdown).join(' | ')} |`)].join('\n'),
    ...secrets.length > shown.length ? [`… and ${secrets.length - shown.length} more`] : [],
    ...[...own].filter(([secret]) => typeof secret === 'string').map(([secret, all]) => section(allText(secret as string), all, view)),
    ...shown.map((secret, index) => section(`Secret ${placed(secret)}`, own.get(index) ?? [], view)),
    ...notes.length === 0 ? [] : [`## Notes\n\n${notes.map(note => `- ${escapeMarkdown(note)}`).join('\n')}`],
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, links: readonly ViewedLink[], { readers, secrets }: ExposureView): string {
  const lines = links.slice(0, MAX_READINGS).map(({ reader, way, key, why, place, through }) => {
    const by = through.map(each => each.startsWith('s') ? `Secret ${placed(secrets[Number(each.slice(1))])}` : readerText(readers[Number(each.slice(1))]));
    const text = `${readerText(readers[reader])} (${way}${key === undefined ? '' : ` ${key}`}${by.length === 0 ? '' : `, through ${by.join(', ')}`}): ${why}${place === '' ? '' : ` – ${place}`}`;
    return `- ${escapeMarkdown(text)}`;
  });
  const more = links.length - lines.length;
  return [`## ${escapeMarkdown(title)}`, lines.length === 0 ? 'Nobody in these manifests.' : [...lines, ...more > 0 ? [`- … and ${more} more`] : []].join('\n')].join('\n\n');
}

/** A text in the quotes of Mermaid, which takes entities in them. */
function mermaidText(text: string): string {
  return printable(text).replace(/[#"&<>`|\\[\]{}()]/g, character => `#${character.codePointAt(0)};`);
}

function dotText(text: string): string {
  return `"${printable(text).replace(/[\\"]/g, character => `\\${character}`)}"`;
}
