import { renderTable } from './text-table';

/** A line of a tree: a path, and what stands beside it. */
export interface TreeLine {
  readonly path: string;
  readonly columns: readonly [string, string];
}

interface Node {
  readonly name: string;
  columns: readonly [string, string];
  readonly children: Map<string, Node>;
}

/** Absolute paths as a tree, in their order. Directories that hold but one directory share a line with it. */
export function renderTree(lines: readonly TreeLine[]): string {
  const root: Node = { name: '', columns: ['', ''], children: new Map() };
  const marked = new Set<Node>();
  for (const { path, columns } of lines) {
    let node = root;
    for (const name of path.split('/').slice(1)) {
      const child = node.children.get(name) ?? { name, columns: ['', ''], children: new Map<string, Node>() };
      node.children.set(name, child);
      node = child;
    }
    node.columns = columns;
    marked.add(node);
  }
  const rows: string[][] = [];
  const add = (node: Node, name: string, lead: string, branch: string) => {
    const [only] = node.children.values();
    if (!marked.has(node) && node.children.size === 1) return add(only, `${name}/${only.name}`, lead, branch);
    rows.push([`${lead}${branch}${name === '' ? '/' : name}`, ...node.columns]);
    const inner = lead + { '': '', '├── ': '│   ', '└── ': '    ' }[branch]!;
    const children = [...node.children.values()];
    children.forEach((child, index) => add(child, child.name, inner, index === children.length - 1 ? '└── ' : '├── '));
  };
  if (lines.length > 0) add(root, '', '', '');
  return renderTable(['PATH', 'MODE', 'FROM'], rows);
}
