/** How the cells of a column stand. */
export type Align = 'left' | 'right';

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: Align;
}

/**
 * A table of plain text for a terminal: two spaces between the columns, a rule below the titles and, where there is one, above the total row.
 *
 * No line ends in spaces, so that the text can be compared and pasted.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], total?: readonly string[]): string {
  const titles = columns.map(column => column.title);
  const all = [titles, ...rows, ...(total ? [total] : [])];
  const widths = columns.map((_, index) => Math.max(...all.map(row => row[index].length)));

  const line = (cells: readonly string[]) => cells
    .map((cell, index) => columns[index].align === 'right' ? cell.padStart(widths[index]) : cell.padEnd(widths[index]))
    .join('  ')
    .trimEnd();
  const rule = widths.map(width => '-'.repeat(width)).join('  ');

  return [line(titles), rule, ...rows.map(line), ...(total ? [rule, line(total)] : [])].join('\n');
}
