/** The most bytes that the keys and values of all annotations of one object may have together. */
export const MAX_ANNOTATIONS_SIZE = 262_144;

/**
 * The most bytes of `NAME=value` and its final zero that Linux passes to a program (MAX_ARG_STRLEN); with more, the
 * container fails with "argument list too long".
 */
export const MAX_VARIABLE_SIZE = 131_072;
