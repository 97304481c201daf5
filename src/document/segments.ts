/** A path in a document, as its keys and indexes. */
export type Segments = readonly (string | number)[];
