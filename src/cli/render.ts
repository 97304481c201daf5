import { UsageError } from './command';
import { argument, firstInstalled, ProgramFailed } from './programs';

/** What another program made of a folder. */
export interface Rendered {
  readonly text: string;
  /** How reports name it. */
  readonly name: string;
}

/**
 * Has Helm render charts, where it is installed.
 *
 * @throws UsageError
 */
export function renderCharts({ helm, values }: { readonly helm: readonly string[]; readonly values: readonly string[] }): Rendered[] {
  return helm.map(chart => ({
    name: `${chart} (helm)`,
    text: asUsage(chart, () => firstInstalled([['helm', 'template', 'release', argument(chart), ...values.flatMap(file => ['--values', argument(file)])]], 'helm')),
  }));
}

/**
 * What a program renders of an input that was named: where it cannot, nothing else is of use.
 *
 * @throws UsageError
 */
export function asUsage<T>(input: string, renders: () => T): T {
  try {
    return renders();
  } catch (error) {
    if (error instanceof ProgramFailed) throw new UsageError(`${error.program} cannot render ${JSON.stringify(input)}: ${error.said}`);
    if (error instanceof UsageError) throw new UsageError(`${JSON.stringify(input)} cannot be rendered: ${error.message}`);
    throw error;
  }
}
