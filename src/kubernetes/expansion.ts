/** One piece of a text with references to variables. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string };

/**
 * The pieces of a text as the kubelet reads it in a variable's `value`, in `command` and `args`, and in `subPathExpr`:
 * `$(NAME)` is a reference, `$$` stands for `$`, and everything else, an unfinished `$(` too, for itself.
 *
 * Where the kubelet mangles a character (see `mangles`), the text is the one that was meant.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function parseReferences(input: string): Piece[] {
  const pieces: Piece[] = [];
  const lastClose = input.lastIndexOf(')');
  let text = '';
  for (let at = 0; at < input.length; at++) {
    if (input[at] !== '$') {
      text += input[at];
      continue;
    }
    const close = at < lastClose && input[at + 1] === '(' ? input.indexOf(')', at) : -1;
    if (close !== -1) {
      pieces.push({ kind: 'text', text }, { kind: 'reference', name: input.slice(at + 2, close) });
      text = '';
      at = close;
    } else {
      text += '$';
      if (input[at + 1] === '$') at++;
    }
  }
  return [...pieces, { kind: 'text', text }];
}

/** The names that a text refers to, in their order. */
export function referencesIn(input: string): string[] {
  return !input.includes('$') ? [] : parseReferences(input).flatMap(piece => piece.kind === 'reference' ? [piece.name] : []);
}

/** The text with its references replaced; those to names that there are not stay as they are. */
export function expand(input: string, lookup: (name: string) => string | undefined): string {
  return parseReferences(input).map(piece => piece.kind === 'text' ? piece.text : lookup(piece.name) ?? `$(${piece.name})`).join('');
}

/** Whether the kubelet takes a `$` away that the text has twice. */
export function collapsesDollars(input: string): boolean {
  return /\$\$/.test(input);
}

/** Whether the kubelet breaks a character in two: one beyond ASCII that stands right after a `$`. */
export function mangles(input: string): boolean {
  return /(?:^|[^$])(?:\$\$)*\$[^\0-\x7f]/.test(input);
}
