/** A table in plain text: columns as wide as their longest cell, two blanks between them. Without rows it is empty. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, ...rows];
  const widths = head.map((_, column) => lines.reduce((width, cells) => Math.max(width, cells[column].length), 0));
  return lines.map(cells => `${cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}\n`).join('');
}
