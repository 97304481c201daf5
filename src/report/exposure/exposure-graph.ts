import type { ExposureView, ViewedReader, ViewedSecret } from './exposure-view';

/** A box of a drawing. */
export interface Box {
  readonly id: string;
  readonly label: string;
  readonly kind: 'source' | 'secret' | 'all' | 'reader';
}

/** A line between two boxes, with what it means. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** What is drawn of a view: each Secret and reader is a box, and all ways between two boxes are one line. */
export function graphOf(view: ExposureView): { readonly boxes: readonly Box[]; readonly lines: readonly Line[] } {
  const boxes = new Map<string, Box>();
  const lines = new Map<string, { from: string; to: string; ways: Set<string> }>();
  const box = (key: string, label: string, kind: Box['kind']) => {
    const known = boxes.get(key);
    if (known !== undefined) return known.id;
    const id = `n${boxes.size}`;
    boxes.set(key, { id, label, kind });
    return id;
  };
  const connect = (from: string, to: string, way: string) => {
    const line = lines.get(`${from} ${to}`) ?? { from, to, ways: new Set() };
    line.ways.add(way);
    lines.set(`${from} ${to}`, line);
  };
  const ofSecret = (index: number) => box(`s${index}`, `Secret ${placed(view.secrets[index])}`, 'secret');
  const ofReader = (index: number) => box(`r${index}`, readerText(view.readers[index]), 'reader');
  view.secrets.forEach((secret, index) => {
    for (const source of sourcesOf(secret)) connect(box(`o${source}`, source, 'source'), ofSecret(index), 'makes');
  });
  for (const { secret, reader, way, through } of view.links) {
    const last = through[through.length - 1];
    const from = last !== undefined ? last.startsWith('s') ? ofSecret(Number(last.slice(1))) : ofReader(Number(last.slice(1)))
      : typeof secret === 'number' ? ofSecret(secret) : box(`a${secret}`, allText(secret), 'all');
    connect(from, ofReader(reader), way);
  }
  return { boxes: [...boxes.values()], lines: [...lines.values()].map(({ from, to, ways }) => ({ from, to, label: [...ways].join(', ') })) };
}

/** Where the values of a Secret come from, in a word or two. */
export function sourcesOf({ origins }: ViewedSecret): readonly string[] {
  return origins.length === 0 ? ['made elsewhere'] : origins;
}

/** `NAMESPACE/NAME`. */
export function placed({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** `Deployment shop/api`. */
export function readerText(reader: ViewedReader): string {
  return `${reader.kind} ${placed(reader)}`;
}

/** All Secrets of a namespace, or of the cluster. */
export function allText(namespace: string): string {
  return namespace === '*' ? 'every Secret of the cluster' : `every Secret of ${namespace === '' ? 'no namespace' : namespace}`;
}
