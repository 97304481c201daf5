/** A kind of custom resource. */
export interface CustomKind {
  /** The project whose definition it is of, and its version. */
  readonly of: string;
  readonly namespaced: boolean;
  /** The number of the schema of each version; undefined where it is no longer served. */
  readonly versions: Readonly<Record<string, number | undefined>>;
}

/** A schema: what the API server refuses of a value. Other schemas are named by their numbers. */
export interface SchemaNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly format?: string;
  readonly fields?: Readonly<Record<string, number>>;
  /** The fields that must be there, without those that the server fills in. */
  readonly required?: readonly string[];
  /** The values of a map. */
  readonly values?: number;
  readonly items?: number;
  /** The fields that no two items of a list may share. */
  readonly mapKeys?: readonly string[];
  /** Whether fields that it does not name are kept. */
  readonly open?: boolean;
  readonly intOrString?: boolean;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Rules in CEL, each with what to say where it does not hold. */
  readonly rules?: readonly (readonly [rule: string, message: string])[];
}
