/** What stands where a value must not be seen: in messages, and wherever a SensitiveValue is printed. */
export const SENSITIVE = '[sensitive]';

/**
 * What a SensitiveValue becomes in a text of the languages that jsii serves, where they do not ask it: `str()` of Python, the verbs of
 * Go but `%v`. Java asks it, and gets `[sensitive]`.
 */
const PRINTED = ['cdk8s_secrets.SensitiveValue object at 0x', 'cdk8ssecrets.jsiiProxy_SensitiveValue{', '&{%!s(uint8=0)}', '&{_:0}'];

/** What `%v` of Go makes of every object. In a program of another language it can be a text like any other. */
const PRINTED_BY_GO = '&{0}';

/** All that a SensitiveValue can be in a text. jsii says in `JSII_AGENT` in which language the program is written. */
export function sensitiveMarkers(agent = process.env.JSII_AGENT): readonly string[] {
  return [SENSITIVE, ...PRINTED, ...(/^go\d/.test(agent ?? '') ? [PRINTED_BY_GO] : [])];
}
