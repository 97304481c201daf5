import { areSame } from '../inspect/decode/stored';
import { isRecord } from '../inspect/model/untyped';

/** Deeper than any pod template is. */
const MAX_DEPTH = 100;

const CHECKSUM = 'checksum/';

/** What people call the parts of a pod template, by the way that leads to them. */
type Way = readonly string[];

/** What differs in two pod templates, in words; each once, and without a value. */
export function templateDifferences(before: unknown, after: unknown): string[] {
  const words = new Set<string>();
  compare(before, after, [], words);
  return [...words];
}

function compare(a: unknown, b: unknown, way: Way, words: Set<string>): void {
  if (areSame(a, b)) return;
  const whole = nameOf(way, a, b);
  if (whole !== undefined || way.length > MAX_DEPTH) {
    words.add(whole ?? plainName(way));
    return;
  }
  const before = words.size;
  const [one, other] = [a ?? empty(b), b ?? empty(a)];
  if (isRecord(one) && isRecord(other) && (way.length <= 2 || (isRecord(a) && isRecord(b)))) {
    for (const key of [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()) compare(one[key], other[key], [...way, key], words);
  } else if (isNamed(one) && isNamed(other)) {
    compareNamed(one, other, way, words);
  }
  if (words.size === before) words.add(plainName(way));
}

/** Nothing of the same sort. */
function empty(value: unknown): unknown {
  return Array.isArray(value) ? [] : {};
}

interface Named {
  readonly name: string;
}

function isNamed(list: unknown): list is readonly Named[] {
  if (!Array.isArray(list)) return false;
  const names = list.map(item => isRecord(item) ? item.name : undefined);
  return names.every(name => typeof name === 'string') && new Set(names).size === names.length;
}

function compareNamed(a: readonly Named[], b: readonly Named[], way: Way, words: Set<string>): void {
  const [old, fresh] = [new Map(a.map(item => [item.name, item])), new Map(b.map(item => [item.name, item]))];
  const before = words.size;
  for (const name of new Set([...old.keys(), ...fresh.keys()])) compare(old.get(name), fresh.get(name), [...way, `[${name}]`], words);
  if (words.size === before) words.add(`the order of ${plainName(way)}`);
}

/** What is said of a part as a whole: what is below it is not looked at. */
function nameOf(way: Way, a: unknown, b: unknown): string | undefined {
  const [top, field, name] = way;
  if (top === 'metadata') {
    if (field === 'annotations' && name !== undefined) return name.startsWith(CHECKSUM) ? `the checksum ${name}` : `the annotation ${name}`;
    if (field === 'labels' && name !== undefined) return `the label ${name}`;
    return undefined;
  }
  if (way.length === 3 && field === 'volumes') return `the volume ${inner(name)}`;
  if (way.length === 3 && /ontainers$/.test(field ?? '') && (a === undefined || b === undefined)) return `the container ${inner(name)}`;
  if (way.length < 4 || !/ontainers$/.test(field)) return undefined;
  const container = inner(name);
  if (way[3] === 'env' && way.length === 5) return `the variable ${inner(way[4])} of ${container}`;
  if (way[3] === 'env') return undefined;
  return way.length === 4 ? `${NAMES[way[3]] ?? way[3]} of ${container}` : undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  image: 'the image', args: 'the arguments', command: 'the command', envFrom: 'envFrom', ports: 'the ports', resources: 'the resources', volumeMounts: 'the mounts',
};

function plainName(way: Way): string {
  return way.map((part, index) => index > 0 && !part.startsWith('[') ? `.${part}` : part).join('').replace(/^spec\./, '');
}

function inner(part: string | undefined): string {
  return (part ?? '').replace(/^\[(.*)\]$/s, '$1');
}
