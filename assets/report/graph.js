// @ts-check
'use strict';

/**
 * Draws an exposure in columns: where values come from, Secrets, what has them, and who can read them through the API.
 *
 * It runs in the page of a report and in Node.js: no document, no state.
 */

const WAYS = ['variable', 'file', 'image-pull', 'volume-driver', 'api', 'start-pods', 'enter-pods', 'escalate', 'impersonate', 'token', 'copy', 'serve', 'resource'];
const SUBJECTS = ['User', 'Group', 'ServiceAccount'];
const TITLES = ['Where values come from', 'Secrets', 'Workloads and objects', 'Subjects of RBAC'];
const SOURCES = { 'made elsewhere': 'made elsewhere', manifest: 'plain manifest', sealed: 'sealed manifest', sops: 'manifest, encrypted by SOPS', csi: 'CSI driver', external: 'External Secrets' };
/** How wide the columns are, to each other. */
const WIDTHS = [0.75, 1, 1.15, 1.1];
/** More nodes than this are put together in a column. */
const LIMIT = 60;
const ROW = 30;
const NODE_HEIGHT = 24;
const HEAD = 34;
/** The width of a character, about. */
const CHARACTER = 6.7;

/** @param {string} text */
function escapeXml(text) {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** @param {string} text @param {number} width */
function cutText(text, width) {
  const fits = Math.max(3, Math.floor(width / CHARACTER));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}

/** @param {Map<any, any[]>} map @param {any} key @param {any} value */
function push(map, key, value) {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** @param {{ namespace: string, name: string }} object */
function placed({ namespace, name }) {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/**
 * Puts nodes of a column together where there are too many: by namespace, then by how their names begin, and in the end those with the fewest members.
 *
 * @param {any[]} nodes
 */
function group(nodes) {
  if (nodes.length <= LIMIT) return nodes;
  const by = (of, keyOf) => {
    const groups = new Map();
    for (const node of of) push(groups, keyOf(node), node);
    return groups;
  };
  const namespaces = by(nodes, node => node.namespace);
  const isByNamespace = namespaces.size > 1;
  const groups = isByNamespace ? namespaces : by(nodes, node => node.name.split(/[-.]/)[0]);
  const drawn = [...groups].flatMap(([key, members]) => {
    const counted = members.filter(({ type }) => type !== 'all');
    if (counted.length < 2) return members;
    return [{
      id: `g:${members[0].column}:${key}`,
      column: members[0].column,
      type: 'group',
      namespace: members[0].namespace,
      name: key,
      label: `${key === '' ? 'no namespace' : key}${isByNamespace ? '' : '…'} (${counted.length})`,
      filter: isByNamespace ? { namespace: key } : { search: key },
      members: members.flatMap(member => member.members),
      severity: members.some(({ severity }) => severity === 'error') ? 'error' : members.some(({ severity }) => severity === 'warning') ? 'warning' : '',
    }];
  });
  if (drawn.length <= LIMIT) return drawn;
  const sorted = [...drawn].sort((a, b) => b.members.length - a.members.length);
  const rest = sorted.slice(LIMIT - 1);
  return [...sorted.slice(0, LIMIT - 1), {
    id: `g:${rest[0].column}:\0`, column: rest[0].column, type: 'group', namespace: '', name: '', label: `and ${rest.length} more`,
    members: rest.flatMap(({ members }) => members), severity: '', filter: undefined,
  }];
}

/**
 * The nodes and lines of a view, with their places.
 *
 * @param {any} view what a report says
 * @param {{ secrets?: Set<number>, ways?: Set<string>, width?: number }} options the Secrets and ways that are shown, and how wide the picture is
 */
function layoutExposure(view, { secrets: shown, ways, width = 1200 } = {}) {
  const isShown = index => shown === undefined || shown.has(index);
  const namespaces = new Set(view.secrets.filter((_, index) => isShown(index)).map(secret => secret.namespace));
  // where there is one namespace, it need not be said each time
  const short = object => namespaces.size === 1 && namespaces.has(object.namespace) ? object.name : placed(object);
  const nodes = new Map();
  const add = (id, column, fields) => {
    if (!nodes.has(id)) nodes.set(id, { id, column, members: [id], severity: '', ...fields });
    return id;
  };
  const readerNode = index => {
    const reader = view.readers[index];
    const isSubject = SUBJECTS.includes(reader.kind);
    return add(`r${index}`, isSubject ? 3 : 2, { type: 'reader', namespace: reader.namespace, name: reader.name, label: `${short(reader)} · ${reader.kind}` });
  };
  const secretNode = index => {
    const secret = view.secrets[index];
    const severity = secret.findings.some(finding => finding.severity === 'error') ? 'error' : secret.findings.length > 0 ? 'warning' : '';
    return add(`s${index}`, 1, { type: 'secret', namespace: secret.namespace, name: secret.name, label: short(secret), severity });
  };
  const lines = new Map();
  const connect = (from, to, way, link) => {
    const id = `${from} ${to}`;
    const line = lines.get(id) ?? { from, to, ways: new Set(), links: [] };
    line.ways.add(way);
    if (link !== undefined) line.links.push(link);
    lines.set(id, line);
  };
  view.secrets.forEach((secret, index) => {
    if (!isShown(index)) return;
    const id = secretNode(index);
    const made = secret.origins.length === 0 ? ['made elsewhere'] : secret.origins;
    for (const source of made) connect(add(`o:${source}`, 0, { type: 'source', namespace: '', name: source, label: SOURCES[source] ?? source.replace(/^(\S+) (.*)$/, '$2 · $1') }), id, 'made');
  });
  view.links.forEach((link, index) => {
    if (ways !== undefined && !ways.has(link.way)) return;
    const isAll = typeof link.secret === 'string';
    if (isAll ? link.secret !== '*' && !namespaces.has(link.secret) : !isShown(link.secret)) return;
    const last = link.through[link.through.length - 1];
    const all = link.secret === '*' ? 'every Secret of the cluster' : `every Secret of ${link.secret === '' ? 'no namespace' : link.secret}`;
    const from = last === undefined ? isAll ? add(`a:${link.secret}`, 1, { type: 'all', namespace: link.secret, name: '', label: all }) : `s${link.secret}`
      : last[0] === 's' ? secretNode(Number(last.slice(1))) : readerNode(Number(last.slice(1)));
    connect(from, readerNode(link.reader), link.way, index);
  });

  const drawn = new Map();
  const columns = [0, 1, 2, 3].map(column => group([...nodes.values()].filter(node => node.column === column)));
  for (const column of columns) for (const node of column) for (const member of node.members) drawn.set(member, node);
  const edges = new Map();
  for (const { from, to, ways: of, links } of lines.values()) {
    const [start, end] = [drawn.get(from), drawn.get(to)];
    if (start === undefined || end === undefined || start === end) continue;
    const id = `${start.id} ${end.id}`;
    const edge = edges.get(id) ?? { id, from: start, to: end, ways: new Set(), links: [] };
    for (const way of of) edge.ways.add(way);
    edge.links.push(...links);
    edges.set(id, edge);
  }
  arrange(columns, [...edges.values()]);

  const used = columns.map((_, index) => index).filter(index => columns[index].length > 0 || index === 1);
  const gap = width * 0.06;
  // lines within a column bend beside it
  const margin = [...edges.values()].some(({ from, to }) => from.column === to.column) ? 34 : 2;
  const unit = (width - gap * (used.length - 1) - 2 - margin) / used.reduce((sum, index) => sum + WIDTHS[index], 0);
  const rows = Math.max(1, ...columns.map(column => column.length));
  const titles = [];
  let x = 2;
  for (const index of used) {
    const column = columns[index];
    // columns that are shorter begin lower, so that lines are short
    const top = HEAD + Math.min((rows - column.length) * ROW / 2, 8 * ROW);
    column.forEach((node, row) => Object.assign(node, { x, y: top + row * ROW, width: unit * WIDTHS[index], height: NODE_HEIGHT }));
    titles.push({ x, title: TITLES[index] });
    x += unit * WIDTHS[index] + gap;
  }
  return {
    width,
    height: HEAD + rows * ROW + 6,
    titles,
    nodes: columns.flat(),
    edges: [...edges.values()],
  };
}

/**
 * Orders each column so that lines cross little: by where their other ends are on the average, some times to and fro.
 *
 * @param {any[][]} columns
 * @param {any[]} edges
 */
function arrange(columns, edges) {
  const neighbours = new Map();
  for (const { from, to } of edges) {
    push(neighbours, from, to);
    push(neighbours, to, from);
  }
  const text = node => `${node.namespace}\0${node.type === 'all' ? '0' : '1'}${node.label}`;
  for (const column of columns) column.sort((a, b) => text(a) < text(b) ? -1 : 1);
  const number = column => column.forEach((node, index) => { node.row = (index + 0.5) / column.length; });
  columns.forEach(number);
  const order = (column, others) => {
    const centre = new Map(column.map(node => {
      const rows = (neighbours.get(node) ?? []).filter(other => others.has(other.column)).map(other => other.row);
      return [node, rows.length === 0 ? node.row : rows.reduce((sum, row) => sum + row, 0) / rows.length];
    }));
    column.sort((a, b) => centre.get(a) - centre.get(b) || (text(a) < text(b) ? -1 : 1));
    number(column);
  };
  for (let pass = 0; pass < 3; pass++) {
    for (const index of [2, 3, 0]) order(columns[index], new Set(index === 0 ? [1] : [1, 2]));
    if (pass < 2) order(columns[1], new Set([0, 2, 3]));
  }
}

/** The line from one node to another; one that goes back, or stays in its column, bends. @param {any} edge */
function pathOf({ from, to }) {
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  if (to.x > from.x) {
    const [x1, x2] = [from.x + from.width, to.x];
    const bend = Math.min(90, (x2 - x1) / 2);
    return `M${x1.toFixed(1)} ${y1.toFixed(1)}C${(x1 + bend).toFixed(1)} ${y1.toFixed(1)} ${(x2 - bend).toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
  }
  const [x1, x2] = to.x < from.x ? [from.x, to.x + to.width] : [from.x + from.width, to.x + to.width];
  const bend = to.x < from.x ? -40 : 40;
  return `M${x1.toFixed(1)} ${y1.toFixed(1)}C${(x1 + bend).toFixed(1)} ${y1.toFixed(1)} ${(x2 + Math.abs(bend)).toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
}

/** What kind of line: the first of its ways, and before all that somebody may just ask for it. @param {any} edge */
function wayOf({ ways }) {
  return ['api', ...WAYS].find(way => ways.has(way)) ?? 'made';
}

/**
 * The picture. In a page it has buttons, and its style is the page's.
 *
 * @param {any} layout
 * @param {{ style?: string, title?: string }} options
 */
function drawExposure({ width, height, titles, nodes, edges }, { style, title = 'Who can read which Secret' } = {}) {
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${style === undefined ? 'group' : 'img'}" aria-label="${escapeXml(title)}">`];
  if (style !== undefined) parts.push(`<style>${style}</style>`);
  for (const column of titles) parts.push(`<text class="column" x="${column.x.toFixed(1)}" y="16">${escapeXml(column.title)}</text>`);
  for (const edge of edges) {
    parts.push(`<path class="edge ${wayOf(edge)}" d="${pathOf(edge)}"${style === undefined ? ` data-edge="${escapeXml(edge.id)}"` : ''}><title>${escapeXml(`${edge.from.label} → ${edge.to.label}: ${[...edge.ways].join(', ')}`)}</title></path>`);
  }
  nodes.forEach((node, index) => {
    const attributes = style === undefined ? ` data-node="${index}" tabindex="-1" role="button" aria-label="${escapeXml(labelOf(node))}"` : '';
    const mark = node.severity === '' ? '' : `<text class="mark" x="${(node.width - 16).toFixed(1)}" y="16">${node.severity === 'error' ? '✕' : '!'}</text>`;
    const room = node.width - (node.severity === '' ? 16 : 32);
    parts.push(`<g class="node ${node.type} ${node.severity}" transform="translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})"${attributes}>`
      + `<rect width="${node.width.toFixed(1)}" height="${node.height}" rx="${node.type === 'group' ? 2 : 6}"/><text x="8" y="16">${escapeXml(cutText(node.label, room))}</text>${mark}`
      + `<title>${escapeXml(node.label)}</title></g>`);
  });
  parts.push('</svg>');
  return parts.join('');
}

/** @param {any} node */
function labelOf({ type, label, severity }) {
  const noun = { secret: 'Secret ', source: 'Source ', group: 'Group ', all: '', reader: '' }[type] ?? '';
  return `${noun}${label}${severity === '' ? '' : `, ${severity === 'error' ? 'with errors' : 'with warnings'}`}`;
}

if (typeof module !== 'undefined') module.exports = { layoutExposure, drawExposure };
