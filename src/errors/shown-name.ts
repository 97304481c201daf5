/**
 * A name in quotes, where it can be shown: a value of a secret that was given where its name is meant must not be. What is the
 * value of an environment variable is named by that variable, which is how secrets get into programs.
 *
 * @param name what was given as a name
 * @param plausible what such a name looks like; anything else is not shown
 */
export function shownName(name: string, plausible: RegExp = /^/): string {
  if (!plausible.test(name)) return '(not shown: it is no such name, and could be a value)';
  if (name.length >= MIN_HIDDEN) {
    const variable = Object.keys(process.env).sort().find(key => process.env[key] === name);
    if (variable !== undefined) return `(not shown: it is the value of the environment variable ${JSON.stringify(variable)})`;
  }
  return JSON.stringify(name);
}

/** Shorter values of variables are words like `1` and `dev`. */
const MIN_HIDDEN = 6;
