/* global document, window, layoutExposure, drawExposure, placed */
'use strict';

/** The page of a report: filters, the graph, what is chosen, and the table. Texts are set as texts, never as HTML. */
(() => {
  const packed = JSON.parse(document.getElementById('data').textContent);
  const view = { ...packed, links: packed.links.map(([secret, reader, way, key, why, place, through]) => ({
    secret, reader, way: packed.ways[way], key: key < 0 ? undefined : packed.texts[key], why: packed.texts[why], place: packed.texts[place], through,
  })) };
  const $ = id => document.getElementById(id);

  const el = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    for (const child of [content].flat()) if (child !== undefined && child !== '') made.append(child);
    return made;
  };
  const link = (text, choose) => {
    const button = el('button', text, { type: 'button', class: 'link' });
    button.addEventListener('click', choose);
    return button;
  };

  // what there is to look for, made once
  const linksOf = view.secrets.map(() => []);
  const linksOfAll = new Map();
  const linksTo = view.readers.map(() => []);
  view.links.forEach((each, index) => {
    linksTo[each.reader].push(index);
    if (typeof each.secret === 'number') linksOf[each.secret].push(index);
    else if (linksOfAll.has(each.secret)) linksOfAll.get(each.secret).push(index);
    else linksOfAll.set(each.secret, [index]);
  });
  const allLinksOf = index => [...linksOf[index], ...linksOfAll.get(view.secrets[index].namespace) ?? [], ...view.secrets[index].namespace === '*' ? [] : linksOfAll.get('*') ?? []];
  const readerText = reader => `${reader.kind} ${placed(reader)}`;
  const haystacks = view.secrets.map((secret, index) => [
    placed(secret), secret.type, ...secret.keys ?? [], ...secret.deliveries, ...secret.sources, ...new Set(allLinksOf(index).map(at => readerText(view.readers[view.links[at].reader]))),
    ...secret.findings.map(finding => finding.code),
  ].join('\n').toLowerCase());
  const waysOf = view.secrets.map((_, index) => new Set(allLinksOf(index).map(at => view.links[at].way)));
  const severityOf = secret => secret.findings.some(({ severity }) => severity === 'error') ? 'error' : secret.findings.length > 0 ? 'warning' : 'none';

  const state = { search: '', namespace: undefined, severity: '', ways: new Set(packed.ways), chosen: undefined };
  /** How many rows of the table are there at once. */
  const FIRST_ROWS = 100;
  let later;
  let layout;
  let focused = 0;

  function shownSecrets() {
    const words = state.search.toLowerCase().split(/\s+/).filter(word => word !== '');
    const isNarrow = state.ways.size < packed.ways.length;
    return view.secrets.map((_, index) => index).filter(index => {
      const secret = view.secrets[index];
      return (state.namespace === undefined || secret.namespace === state.namespace)
        && (state.severity === '' || severityOf(secret) === state.severity || (state.severity === 'any' && secret.findings.length > 0))
        && (!isNarrow || [...waysOf[index]].some(way => state.ways.has(way)))
        && words.every(word => haystacks[index].includes(word));
    });
  }

  function draw() {
    const shown = shownSecrets();
    layout = layoutExposure(view, { secrets: new Set(shown), ways: state.ways, width: Math.max(900, $('graph').clientWidth - 24) });
    $('graph').innerHTML = drawExposure(layout);
    focused = Math.min(focused, Math.max(0, layout.nodes.length - 1));
    nodeAt(focused)?.setAttribute('tabindex', '0');
    clearTimeout(later);
    $('rows').replaceChildren(...shown.slice(0, FIRST_ROWS).map(rowOf));
    // the rest follows once the page stands there
    if (shown.length > FIRST_ROWS) {
      later = setTimeout(() => {
        $('rows').append(...shown.slice(FIRST_ROWS).map(rowOf));
        markRows();
      });
    }
    $('count').textContent = `${shown.length} of ${view.secrets.length} Secrets`;
    mark();
  }

  function rowOf(index) {
    const secret = view.secrets[index];
    const errors = secret.findings.filter(({ severity }) => severity === 'error').length;
    const warnings = secret.findings.length - errors;
    const row = el('tr', [
      el('td', secret.namespace),
      el('td', link(secret.name, () => choose({ secret: index }))),
      el('td', secret.type ?? ''),
      el('td', secret.keys === undefined ? 'not known' : secret.keys.join(', ')),
      el('td', secret.deliveries.length === 0 ? 'made elsewhere' : [...secret.deliveries, ...secret.sources].join(', ')),
      el('td', secret.rollout),
      el('td', secret.created ?? ''),
      el('td', String(secret.readers), { class: 'number' }),
      el('td', [errors > 0 ? el('span', errors === 1 ? '✕ 1 error ' : `✕ ${errors} errors `, { class: 'error' }) : '', warnings > 0 ? el('span', warnings === 1 ? '! 1 warning' : `! ${warnings} warnings`, { class: 'warning' }) : '']),
    ], { 'data-secret': index });
    return row;
  }

  const nodeAt = index => $('graph').querySelector(`[data-node="${index}"]`);
  const isChosen = node => state.chosen !== undefined && (state.chosen.node === node.id || (state.chosen.secret !== undefined && node.members.includes(`s${state.chosen.secret}`))
    || (state.chosen.reader !== undefined && node.members.includes(`r${state.chosen.reader}`)));

  /** Shows what is near to what is chosen, in the graph and in the table. */
  function mark() {
    const chosen = layout.nodes.filter(isChosen);
    const near = new Set(chosen);
    const edges = new Set();
    for (const [start, end] of [['from', 'to'], ['to', 'from']]) {
      const leaving = new Map(layout.nodes.map(node => [node, []]));
      for (const edge of layout.edges) leaving.get(edge[start]).push(edge);
      const open = [...chosen];
      const seen = new Set(open);
      for (const node of open) {
        for (const edge of leaving.get(node)) {
          edges.add(edge.id);
          const next = edge[end];
          near.add(next);
          if (!seen.has(next)) {
            seen.add(next);
            if (next.type !== 'all') open.push(next);
          }
        }
      }
    }
    if (state.chosen?.edge !== undefined) {
      edges.add(state.chosen.edge);
      for (const { id, from, to } of layout.edges) if (id === state.chosen.edge) near.add(from).add(to);
    }
    $('graph').classList.toggle('some', near.size > 0);
    layout.nodes.forEach((node, index) => {
      nodeAt(index).classList.toggle('near', near.has(node));
      nodeAt(index).classList.toggle('chosen', chosen.includes(node));
    });
    for (const path of $('graph').querySelectorAll('[data-edge]')) path.classList.toggle('near', edges.has(path.dataset.edge));
    markRows();
  }

  function markRows() {
    for (const row of $('rows').children) row.classList.toggle('chosen', Number(row.dataset.secret) === state.chosen?.secret);
  }

  function choose(chosen) {
    state.chosen = chosen;
    mark();
    const aside = $('details');
    aside.classList.toggle('filled', chosen !== undefined);
    aside.replaceChildren(...chosen === undefined ? [el('h2', 'Details'), el('p', 'Choose a Secret, a reader or a line to see why.', { class: 'soft' })] : detailsOf(chosen));
  }

  function detailsOf(chosen) {
    if (chosen.secret !== undefined) return secretDetails(chosen.secret);
    if (chosen.reader !== undefined) return readerDetails(chosen.reader);
    if (chosen.edge !== undefined) {
      const edge = layout.edges.find(({ id }) => id === chosen.edge);
      return [el('h2', `${edge.from.label} → ${edge.to.label}`), edge.links.length === 0 ? el('p', 'Made of it.') : reasons(edge.links, true)];
    }
    const node = layout.nodes.find(({ id }) => id === chosen.node);
    if (node.type === 'all') return [el('h2', node.label), el('p', 'Readable by:'), reasons(linksOfAll.get(node.id.slice(2)) ?? [], true)];
    if (node.type === 'group') {
      const { filter } = node;
      return [
        el('h2', node.label),
        filter === undefined ? '' : link('Show only these', () => {
          if (filter.namespace !== undefined) $('namespace').value = filter.namespace === '' ? '\u0000' : filter.namespace;
          else $('search').value = filter.search;
          choose(undefined);
          read();
        }),
        el('ul', node.members.slice(0, 200).map(member => el('li', memberLink(member)))),
      ];
    }
    const made = layout.edges.filter(({ from }) => from === node).flatMap(({ to }) => to.members);
    return [el('h2', node.label), el('p', 'Makes or fills:'), el('ul', made.slice(0, 200).map(member => el('li', memberLink(member))))];
  }

  function memberLink(member) {
    const index = Number(member.slice(1));
    if (member[0] === 's') return link(placed(view.secrets[index]), () => choose({ secret: index }));
    if (member[0] === 'r') return link(readerText(view.readers[index]), () => choose({ reader: index }));
    return el('span', member.slice(2));
  }

  function secretDetails(index) {
    const secret = view.secrets[index];
    const facts = [
      ['type', secret.type], ['keys', secret.keys === undefined ? 'not known' : secret.keys.join(', ')],
      ['delivery', secret.deliveries.length === 0 ? 'made elsewhere' : secret.deliveries.join(', ')], ['written by', secret.controllers.join(', ')],
      ['values from', secret.sources.join(', ')], ['rollout', secret.rollout], ['made on', secret.created],
    ].filter(([, value]) => value !== undefined && value !== '');
    return [
      el('h2', `Secret ${placed(secret)}`),
      el('dl', facts.flatMap(([name, value]) => [el('dt', name), el('dd', value)])),
      ...secret.places.map(place => el('p', place, { class: 'soft' })),
      ...secret.findings.length === 0 ? [] : [el('h3', 'Findings'), findingList(secret.findings)],
      el('h3', secret.readers === 1 ? '1 reader' : `${secret.readers} readers`),
      reasons(allLinksOf(index), false),
    ];
  }

  function readerDetails(index) {
    const reader = view.readers[index];
    return [el('h2', readerText(reader)), el('h3', 'Can read'), reasons(linksTo[index], true)];
  }

  /** Why: one entry for each reading. */
  function reasons(links, withSecret) {
    const shown = links.filter(at => state.ways.has(view.links[at].way));
    const list = el('ul', shown.slice(0, 300).map(at => {
      const each = view.links[at];
      const secret = typeof each.secret === 'number' ? link(placed(view.secrets[each.secret]), () => choose({ secret: each.secret }))
        : el('span', each.secret === '*' ? 'every Secret of the cluster' : `every Secret of ${each.secret === '' ? 'no namespace' : each.secret}`);
      const reader = link(readerText(view.readers[each.reader]), () => choose({ reader: each.reader }));
      const through = each.through.flatMap(member => [' through ', memberLink(member)]);
      return el('li', [
        ...withSecret ? [secret, each.key === undefined ? '' : ` (${each.key})`, ' → '] : [], reader, `: ${each.way}`, !withSecret && each.key !== undefined ? `, key ${each.key}` : '', ...through,
        el('br', ''), each.why, ...each.place === '' ? [] : [el('br', ''), el('span', each.place, { class: 'soft' })],
      ]);
    }));
    return shown.length > 300 ? el('div', [list, el('p', `and ${shown.length - 300} more`)]) : list;
  }

  function findingList(findings) {
    return el('ul', findings.slice(0, 300).map(({ severity, code, message, next, place }) => el('li', [
      el('strong', `${severity === 'error' ? '✕' : '!'} ${code}`, { class: severity }), `: ${message}`, el('br', ''), `Next: ${next}`, el('br', ''), el('span', place, { class: 'soft' }),
    ])));
  }

  function read() {
    state.search = $('search').value;
    const namespace = $('namespace').value;
    state.namespace = namespace === '' ? undefined : namespace === '\u0000' ? '' : namespace;
    state.severity = $('severity').value;
    draw();
  }

  // filters
  const option = (value, text) => el('option', text, { value });
  const namespaces = [...new Set(view.secrets.map(({ namespace }) => namespace))].sort();
  $('namespace').append(option('', 'all'), ...namespaces.map(name => option(name === '' ? '\u0000' : name, name === '' ? '(none)' : name === '*' ? '* (several)' : name)));
  for (const way of packed.ways) {
    const button = el('button', way, { 'type': 'button', 'class': `way ${way}`, 'aria-pressed': 'true' });
    button.addEventListener('click', () => {
      if (state.ways.has(way)) state.ways.delete(way);
      else state.ways.add(way);
      button.setAttribute('aria-pressed', String(state.ways.has(way)));
      draw();
    });
    $('ways').append(button);
  }
  let waiting;
  $('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(read, 80);
  });
  for (const id of ['namespace', 'severity']) $(id).addEventListener('change', read);
  $('reset').addEventListener('click', () => {
    for (const id of ['search', 'namespace', 'severity']) $(id).value = '';
    state.ways = new Set(packed.ways);
    for (const button of $('ways').querySelectorAll('button')) button.setAttribute('aria-pressed', 'true');
    choose(undefined);
    read();
  });

  // the graph
  const chosenOf = node => node.type === 'secret' ? { secret: Number(node.id.slice(1)) } : node.type === 'reader' ? { reader: Number(node.id.slice(1)) } : { node: node.id };
  $('graph').addEventListener('click', event => {
    const node = event.target.closest('[data-node]');
    const edge = event.target.closest('[data-edge]');
    if (node !== null) {
      focus(Number(node.dataset.node));
      choose(chosenOf(layout.nodes[focused]));
    } else if (edge !== null) choose({ edge: edge.dataset.edge });
  });
  function focus(index) {
    nodeAt(focused)?.setAttribute('tabindex', '-1');
    focused = index;
    nodeAt(focused).setAttribute('tabindex', '0');
    nodeAt(focused).focus();
  }
  /** The node that is nearest in a direction: arrows go up and down a column, and to the next one that is not empty. */
  function neighbour(from, key) {
    const column = layout.nodes.filter(node => node.column === from.column);
    const at = column.indexOf(from);
    if (key === 'ArrowDown' || key === 'ArrowUp') return column[at + (key === 'ArrowDown' ? 1 : -1)];
    if (key === 'Home' || key === 'End') return key === 'Home' ? column[0] : column[column.length - 1];
    const step = key === 'ArrowRight' ? 1 : -1;
    for (let next = from.column + step; next >= 0 && next <= 3; next += step) {
      const others = layout.nodes.filter(node => node.column === next);
      const linked = others.filter(node => layout.edges.some(edge => (edge.from === from && edge.to === node) || (edge.to === from && edge.from === node)));
      const among = linked.length > 0 ? linked : others;
      if (among.length > 0) return among.reduce((best, node) => Math.abs(node.y - from.y) < Math.abs(best.y - from.y) ? node : best);
    }
    return undefined;
  }
  $('graph').addEventListener('keydown', event => {
    const from = layout.nodes[focused];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(chosenOf(from));
    } else if (/^(?:Arrow|Home|End)/.test(event.key)) {
      event.preventDefault();
      const to = neighbour(from, event.key);
      if (to !== undefined) focus(layout.nodes.indexOf(to));
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') choose(undefined);
    if (event.key === '/' && !/^(?:INPUT|SELECT)$/.test(document.activeElement?.tagName ?? '')) {
      event.preventDefault();
      $('search').focus();
    }
  });
  let resizing;
  window.addEventListener('resize', () => {
    clearTimeout(resizing);
    resizing = setTimeout(draw, 150);
  });

  if (view.otherFindings.length > 0) $('others').append(el('h2', 'Other findings'), findingList(view.otherFindings));
  if (view.notes.length > 0) $('others').append(el('h2', 'Notes'), el('ul', view.notes.map(note => el('li', note))));
  draw();
  choose(undefined);
  document.documentElement.dataset.ready = 'true';
})();
