/** Words that name no variable of TypeScript, and names that the program has already. */
const TAKEN = [
  ...('arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in '
    + 'instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield').split(' '),
  'any', 'app', 'as', 'async', 'boolean', 'console', 'declare', 'environment', 'exports', 'from', 'get', 'global', 'kplus', 'module', 'never', 'number', 'object', 'of', 'process', 'require', 'set',
  'string', 'symbol', 'type', 'unknown',
];

const KNOWN_VARIABLES = (
  'CDK8S_OUTDIR CI EDITOR HOME HOSTNAME HTTPS_PROXY HTTP_PROXY KUBECONFIG LANG LD_PRELOAD LOGNAME MAIL NODE_ENV NODE_OPTIONS NO_COLOR NO_PROXY OLDPWD PATH PWD SHELL SHLVL TEMP TERM TMP TMPDIR TZ '
  + 'USER USERNAME').split(' ');

/** Names of one kind, each given once. */
export class Names {
  /** Names of variables. */
  public static ofVariables(): Names {
    return new Names(TAKEN);
  }

  /** Ids of constructs in one place: constructs takes those for given that every object of JavaScript has. */
  public static ofConstructs(): Names {
    return new Names(Object.getOwnPropertyNames(Object.prototype));
  }

  /** Environment variables: those that mean something to a shell, to Node.js or to kubectl have another value already. */
  public static ofEnvironment(): Names {
    return new Names(KNOWN_VARIABLES);
  }

  readonly #taken: Set<string>;
  readonly #numbers = new Map<string, number>();

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /** The first of the wishes that is free; else the last one with a number. */
  public give(...wishes: readonly string[]): string {
    const free = wishes.find(wish => !this.#taken.has(wish)) ?? this.numbered(wishes[wishes.length - 1]);
    this.#taken.add(free);
    return free;
  }

  private numbered(wish: string): string {
    let number = this.#numbers.get(wish) ?? 2;
    while (this.#taken.has(`${wish}${number}`)) number++;
    this.#numbers.set(wish, number + 1);
    return `${wish}${number}`;
  }
}

function words(text: string): string[] {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/).filter(word => word !== '');
}

/** `apiServer` */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, start => start.toLowerCase());
}

/** `ApiServer` */
export function pascalCase(text: string): string {
  const name = words(/[a-z]/.test(text) ? text : text.toLowerCase()).map(word => word[0].toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** `API_SERVER` */
export function upperCase(text: string): string {
  const name = words(text).join('_').toUpperCase();
  return /^[A-Z]/.test(name) ? name : `_${name}`;
}
