/** What a pattern of a schema asks of a text. */
export interface TextPattern {
  /** The text is already no longer than the schema allows. */
  readonly matches: (text: string) => boolean;
  /** What it asks for, after "must be". */
  readonly asks: string;
  /** The code of a text that does not match. */
  readonly code: 'InvalidName' | 'InvalidKey' | 'InvalidFormat';
}

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const GOOGLE_ACCOUNT = '.iam.gserviceaccount.com';

/** In Go `$` is the end of the text, and never stands before a last line break. */
const matching = (pattern: RegExp) => (text: string) => pattern.test(text);

/**
 * The patterns of the schemas, by their texts: written anew, as those of Go cannot backtrack and those of JavaScript can. A test looks that
 * none is missing.
 */
export const PATTERNS: Readonly<Record<string, TextPattern>> = {
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': {
    matches: matching(SUBDOMAIN), code: 'InvalidName', asks: "a name of lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
  },
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$': {
    matches: matching(LABEL), code: 'InvalidName', asks: "a name of lower-case letters, digits and '-', with a letter or digit at both ends",
  },
  '^[-._a-zA-Z0-9]+$': { matches: matching(/^[-._a-zA-Z0-9]+$/), code: 'InvalidKey', asks: "a key of letters, digits, '-', '_' and '.'" },
  '^[a-z0-9-]+$': { matches: matching(/^[a-z0-9-]+$/), code: 'InvalidFormat', asks: "a text of lower-case letters, digits and '-'" },
  '^([0-9]+(\\.[0-9]+)?(s|m|h))+$': { matches: matching(/^(?:\d+(?:\.\d+)?[smh])+$/), code: 'InvalidFormat', asks: 'a duration such as 30s, 5m or 1h30m' },
  '^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every [^\\s]+.*|[^\\s]+( [^\\s]+){4})$': {
    matches: matching(/^(?:@(?:annually|yearly|monthly|weekly|daily|midnight|hourly)|@every [^\s][^\n]*|[^\s]+(?: [^\s]+){4})$/),
    code: 'InvalidFormat',
    asks: "a schedule such as '0 3 * * *' or '@daily'",
  },
  '^.*@.*\\.iam\\.gserviceaccount\\.com$': {
    matches: text => !text.includes('\n') && text.endsWith(GOOGLE_ACCOUNT) && text.slice(0, -GOOGLE_ACCOUNT.length).includes('@'),
    code: 'InvalidFormat',
    asks: 'the address of a service account, such as name@project.iam.gserviceaccount.com',
  },
  '^[A-Za-z0-9]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$': {
    matches: matching(/^[A-Za-z0-9](?:[-A-Za-z0-9]+(?:[._][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*)?$/),
    code: 'InvalidKey',
    asks: "a key of letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  },
  '^[A-Za-z0-9.]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?(\\/([0-9]+))*$': {
    matches: matching(/^[A-Za-z0-9.](?:[-A-Za-z0-9]+(?:[._][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*)?(?:\/\d+)*$/),
    code: 'InvalidFormat',
    asks: "the path of an object, such as 'name' or 'name/0'",
  },
};
