import { FieldPath } from './field-path';
import { Severity, Stage } from './finding';
import type { Segments } from '../document/segments';
import type { SilentCode } from './checks/codes';
import type { RefusalCode } from './validate/codes';
import type { Code as ErrorCode, Codes } from '../errors/codes';
import { intersection, isInRange, rangeWithout, type VersionRange } from '../kubernetes/versions';

/** The codes of these rules. */
export const READING_CODES = {
  YamlTakenForJson: {
    cause: 'A text begins with a brace, and is not JSON to its end. kubectl before 1.33 takes what begins so for JSON, and refuses it; later ones read YAML then.',
    example: '{apiVersion: v1, kind: Secret, metadata: {name: db}}',
    fix: "Begin the text with a line '---', write JSON, or use kubectl 1.33 or later.",
  },
  NoManifest: {
    cause: 'A document is no object of Kubernetes: it has no apiVersion, no kind, or is a plain text, a number or a list.',
    example: 'kind: Secret (and no apiVersion)',
    fix: 'Give it an apiVersion and a kind, or take it out of the input.',
  },
  WrongFieldType: {
    cause: 'A field holds a value of another type; the API server cannot read the manifest. In YAML, 5, true and null are no strings, and "0400" is no number.',
    example: 'env: [{ name: PORT, value: 8080 }]',
    fix: 'Quote strings, and leave numbers and booleans without quotes.',
  },
  DuplicateField: {
    cause: 'A field stands twice in one map. kubectl refuses it; other readers take the last in silence.',
    example: 'data: { password: YQ==, password: Yg== }',
    fix: 'Remove one of them.',
  },
} as const satisfies Codes;

/** A code of a finding. */
export type Code = ErrorCode | RefusalCode | SilentCode;

/** What is wrong with one field, before it is known which versions are asked for and where the object came from. */
export interface Draft {
  readonly code: Code;
  readonly path: FieldPath;
  readonly message: string;
  readonly next: string;
  readonly stage: Stage;
  readonly severity: Severity;
  readonly range: VersionRange;
  /** The last minor version in which it is no more than a warning. */
  readonly warningUntil?: number;
  /** What else is found with the same text is one finding with it, in another place: the Secret that is not there, for example. */
  readonly group?: string;
  /** Whether it is refused by the definition that is known here, and a newer one may take it. */
  readonly perhapsNewer?: boolean;
}

const EVERY_VERSION: VersionRange = {};
/** The last minor version whose kubectl takes all for JSON that begins with a brace. */
const JSON_ONLY_UNTIL = 32;

/** Collects what is found in one object. */
export class FindingsOfObject {
  readonly #drafts: Draft[] = [];
  /** The versions that refuse a field, by its path. */
  #refused?: Map<string, VersionRange[]>;

  /** Everything that was found so far, in that order. */
  public get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** Whether some version of the API server cannot read the object at all. */
  public get unreadable(): boolean {
    return this.#drafts.length > 0 && this.#drafts.some(draft => draft.stage === Stage.DECODING);
  }

  /** Whether the API server of a minor version cannot read the object at all. */
  public isUnreadableIn(minor: number): boolean {
    return this.#drafts.some(draft => draft.stage === Stage.DECODING && isInRange(minor, draft.range));
  }

  /** The API server refuses the object when it reads it. */
  public cannotDecode(path: FieldPath, message: string, next = 'give the field a value of its type', range = EVERY_VERSION): void {
    this.#add({
      code: 'WrongFieldType',
      path,
      message,
      next,
      stage: Stage.DECODING,
      severity: Severity.ERROR,
      range,
    });
  }

  /** The document is no object at all. */
  public cannotRead(message: string): void {
    this.#add({
      code: 'NoManifest',
      path: FieldPath.ROOT,
      message,
      next: 'give it an apiVersion and a kind, or take it out of the input',
      stage: Stage.DECODING,
      severity: Severity.ERROR,
      range: EVERY_VERSION,
    });
  }

  /** The text has the field twice. */
  public duplicateField(segments: Segments): void {
    this.notStrict('DuplicateField', FieldPath.of(segments), 'the field stands twice in its map', 'remove one of them');
  }

  /** The text has so many more fields twice, which are not named. */
  public furtherDuplicates(count: number): void {
    this.notStrict('DuplicateField', FieldPath.ROOT, `${count} more fields of the document stand twice in their maps`, 'remove one of each');
  }

  /** kubectl took the text for JSON before it could read it as YAML. */
  public takenForJson(): void {
    this.notStrict(
      'YamlTakenForJson', FieldPath.ROOT, 'the text begins with a brace and is not all JSON', "begin it with a line '---', or use kubectl 1.33 or later", { until: JSON_ONLY_UNTIL },
    );
  }

  /** kubectl has the API server refuse the object when it reads it. */
  public notStrict(code: Code, path: FieldPath, message: string, next: string, range = EVERY_VERSION): void {
    this.#add({ code, path, message, next, stage: Stage.STRICT_DECODING, severity: Severity.ERROR, range });
  }

  /** The API server refuses the object when it validates it. */
  public refuse(code: Code, path: FieldPath, message: string, next: string, range = EVERY_VERSION): void {
    this.#add({ code, path, message, next, stage: Stage.VALIDATION, severity: Severity.ERROR, range });
  }

  /** The API server refuses the object by the definition of its kind that is known here; a newer one may take it. */
  public refuseUnlessNewer(code: Code, stage: Stage.STRICT_DECODING | Stage.VALIDATION, path: FieldPath, message: string, next: string): void {
    this.#add({ code, path, message, next, stage, severity: Severity.ERROR, range: EVERY_VERSION, perhapsNewer: true });
  }

  /** The API server refuses the object, and others for the same reason: reported once for all. */
  public refuseTogether(code: Code, path: FieldPath, message: string, next: string, group: string): void {
    this.#add({ code, path, message, next, stage: Stage.VALIDATION, severity: Severity.ERROR, range: EVERY_VERSION, group });
  }

  /** The API server accepts it, and it cannot work. */
  public fails(code: Code, path: FieldPath, message: string, next: string, range = EVERY_VERSION): void {
    this.#addUnlessRefused({ code, path, message, next, stage: Stage.RUNTIME, severity: Severity.ERROR, range });
  }

  /** The API server accepts it, and it cannot work from a minor version on; in those before it works otherwise than it reads. */
  public failsSince(minor: number, code: Code, path: FieldPath, message: string, next: string): void {
    const warningUntil = minor - 1;
    this.#addUnlessRefused({ code, path, message, next, stage: Stage.RUNTIME, severity: Severity.ERROR, range: EVERY_VERSION, warningUntil });
  }

  /** The API server accepts it, and it works otherwise than it reads. */
  public surprises(code: Code, path: FieldPath, message: string, next: string, range = EVERY_VERSION): void {
    this.#addUnlessRefused({ code, path, message, next, stage: Stage.RUNTIME, severity: Severity.WARNING, range });
  }

  /** What is meant is probably made elsewhere: reported once for all that asks for it. */
  public elsewhere(code: Code, path: FieldPath, message: string, next: string, group: string): void {
    this.#addUnlessRefused({ code, path, message, next, stage: Stage.RUNTIME, severity: Severity.WARNING, range: EVERY_VERSION, group });
  }

  /** Takes over what was collected elsewhere. */
  public addAll(others: FindingsOfObject): void {
    this.addDrafts(others.drafts);
  }

  /** Takes over drafts. */
  public addDrafts(drafts: readonly Draft[]): void {
    for (const draft of drafts) this.#add(draft);
  }

  /** Takes over what was collected elsewhere, as far as it concerns these versions. */
  public addWithin(range: VersionRange, others: FindingsOfObject): void {
    for (const draft of others.drafts) {
      const both = intersection(draft.range, range);
      if (both !== undefined) this.#add({ ...draft, range: both });
    }
  }

  #add(draft: Draft): void {
    this.#drafts.push(draft);
    if (draft.stage === Stage.RUNTIME) return;
    this.#refused ??= new Map();
    const path = draft.path.toString();
    const ranges = this.#refused.get(path);
    if (ranges === undefined) this.#refused.set(path, [draft.range]);
    else ranges.push(draft.range);
  }

  /** What the API server of a version refuses needs no further reproach there. */
  #addUnlessRefused(draft: Draft): void {
    const refused = this.#refused?.get(draft.path.toString());
    if (refused === undefined) return this.#add(draft);
    const range = refused.reduce<VersionRange | undefined>((left, taken) => left && rangeWithout(left, taken), draft.range);
    if (range !== undefined) this.#add({ ...draft, range });
  }
}
