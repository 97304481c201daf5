import type { Segments } from '../../document/segments';
import type { SourceLocation } from '../finding';

/** One manifest and where it came from; what readers of YAML and of apps hand to an inspection. */
export interface ManifestSource {
  /** What was parsed: normally an object, but anything is taken, and judged. */
  readonly manifest: unknown;
  /** The construct that made it. */
  readonly constructPath?: string;
  /** Finds a field, or the nearest field above it that there is, in the text. Called for findings only. */
  readonly locate?: (path: Segments) => SourceLocation | undefined;
  /** Fields that the text has twice; the parsed manifest can no longer show them. */
  readonly duplicateFields?: readonly Segments[];
  /** How many more there are than those. */
  readonly furtherDuplicates?: number;
  /** Whether its text begins with a brace, and YAML begins here. */
  readonly behindJson?: boolean;
  /** The file that it came from. */
  readonly file?: string;
  /** What it is applied together with: objects that share one of these texts are. Without any it is applied with all that have none. */
  readonly units?: readonly string[];
  /** Whether a kustomization gives it another namespace. */
  readonly moved?: boolean;
  /** Whether something built it of the file: other objects may be built of the same one. */
  readonly isBuilt?: boolean;
}
