import type { InspectionOptions } from '../inspect/inspection-options';

/**
 * What becomes of warnings when an app is synthesized. They are metadata of the constructs in any case.
 */
export enum WarningHandling {
  /** `app.synth()` prints one line on standard error that counts them. */
  REPORT = 'report',
  /** Nothing is printed. */
  QUIET = 'quiet',
  /** They fail the synth, like errors. */
  FAIL = 'fail',
}

/**
 * What an app is inspected against when it is synthesized.
 */
export interface AppInspectionOptions extends InspectionOptions {
  /**
   * What becomes of warnings.
   *
   * @default WarningHandling.REPORT
   */
  readonly warnings?: WarningHandling;
}
