import { createHash } from 'node:crypto';
import type { ExposureView } from './exposure-view';
import { ReadingWay } from '../../exposure/reading-way';
import { readAsset } from '../assets';
import { TOOL } from '../tool';

/**
 * A page that shows a view: one file that needs nothing else, and asks no network. A content security policy lets it run its own script, and load nothing.
 */
export function exposurePage(view: ExposureView): string {
  const [light, dark] = [readAsset('light.css'), readAsset('dark.css')];
  const style = `:root { ${light} }\n@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }\n${readAsset('graph.css')}${readAsset('page.css')}`;
  const script = `${readAsset('graph.js')}${readAsset('page.js')}`;
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Who can read which Secret</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Who can read which Secret</h1>
<p class="soft">${summaryOf(view)} No value is in this page.</p>
</header>
<div class="controls" role="search">
<label>Search <input type="search" id="search" placeholder="name, key, reader, store" autocomplete="off"></label>
<label>Namespace <select id="namespace"></select></label>
<label>Findings <select id="severity"><option value="">all Secrets</option><option value="any">with any</option><option value="error">with errors</option><option value="warning">with warnings only</option><option value="none">without any</option></select></label>
<fieldset id="ways"><legend>Ways</legend></fieldset>
<button type="button" id="reset">Show all</button>
<span id="count" role="status" class="soft"></span>
</div>
<main>
<noscript><p>This page draws with JavaScript. cdk8s-secrets report --format markdown makes one that needs none.</p></noscript>
<h2 id="graph-title">Graph</h2>
<p class="soft hint">Choose a box or a line to see why. Arrow keys go from box to box, Enter chooses, Escape lets go, and / searches.</p>
<div class="parts">
<div class="graph" id="graph" role="region" aria-labelledby="graph-title"></div>
<aside id="details" aria-live="polite" aria-label="Details"></aside>
</div>
<h2 id="table-title">Secrets</h2>
<div class="table" role="region" aria-labelledby="table-title" tabindex="0">
<table>
<thead><tr><th scope="col">Namespace</th><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Keys</th><th scope="col">Delivery</th><th scope="col">Rollout</th><th scope="col">Made on</th><th scope="col" class="number">Readers</th><th scope="col">Findings</th></tr></thead>
<tbody id="rows"></tbody>
</table>
</div>
<div id="others"></div>
</main>
<footer>${TOOL.name} ${TOOL.version}</footer>
<script type="application/json" id="data">${embedded(packed(view))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function summaryOf({ secrets, readers }: ExposureView): string {
  return `${secrets.length} ${secrets.length === 1 ? 'Secret' : 'Secrets'}, ${readers.length} ${readers.length === 1 ? 'reader' : 'readers'}.`;
}

/** The view with each text of a link once: many links say the same. */
function packed({ links, ...view }: ExposureView): unknown {
  const texts = new Map<string, number>();
  const indexOf = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  const all = Object.values(ReadingWay);
  const ways = all.filter(way => links.some(link => link.way === way));
  const short = links.map(({ secret, reader, way, key, why, place, through }) => {
    return [secret, reader, ways.indexOf(way), key === undefined ? -1 : indexOf(key), indexOf(why), indexOf(place), through];
  });
  return { ...view, ways, links: short, texts: [...texts.keys()] };
}

/** JSON that no HTML ends, and of which no line of a script breaks. */
function embedded(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
