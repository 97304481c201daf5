import { isPlaceholderValue } from './placeholder-value';

/** What ends the authority of a URL (RFC 3986), or the URL itself in the text around it. */
const END_OF_AUTHORITY = /[/?#\s"'`<>\\,]/;

/** The longest authority that is looked at. */
const MAX_AUTHORITY = 1_000;

/** User names that stand for one, of which the password does as well: `user:password`. */
const NO_USERS: ReadonlySet<string> = new Set(['user', 'username', 'usr', 'login', 'name', 'foo']);

/** A password in a list of settings: `Server=db;Password=…`, `host=db password=…`, `jdbc:…?user=app&password=…`. */
const SETTING = /(?:^|[;&?\s])(?:password|pwd)\s?=\s?([^;&\s"'`<>]{1,500})/gi;

/** What else such a list says. */
const OTHER_SETTING = /(?:^|[;&?\s"'/])(?:server|data source|host|user|user id|uid|dbname|database|initial catalog)\s?=|jdbc:/i;

/** The key of an account of Azure storage. */
const ACCOUNT_KEY = /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{43}(?:[A-Za-z0-9+/]{43}=)?=/;

/** An address that is a secret as a whole. */
const WEBHOOK = /hooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,30}/;

/** What a text holds, where there is a URL or a list of settings with a password in it: never the password. */
export function connectionStringIn(text: string): string | undefined {
  if (hasPasswordInUrl(text)) return 'a URL with a password';
  if (hasPasswordInSettings(text)) return 'a connection string with a password';
  if (ACCOUNT_KEY.test(text)) return 'a connection string of Azure';
  return WEBHOOK.test(text) && !/x{6}/i.test(text) ? 'a webhook of Slack' : undefined;
}

function hasPasswordInUrl(text: string): boolean {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const rest = text.slice(at + 3, at + 3 + MAX_AUTHORITY);
    const end = rest.search(END_OF_AUTHORITY);
    const authority = end === -1 ? rest : rest.slice(0, end);
    const userInfo = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
    const colon = userInfo.indexOf(':');
    if (colon === -1) continue;
    if (!isPlaceholderValue(userInfo.slice(colon + 1)) && !isPlaceholderUser(userInfo.slice(0, colon))) return true;
  }
  return false;
}

/** Whether a user name stands for one. None at all, as for Redis, and a single letter, as before a token, are names. */
function isPlaceholderUser(user: string): boolean {
  return NO_USERS.has(user.toLowerCase()) || (user.length > 1 && isPlaceholderValue(user));
}

/** Line by line: what is set together stands together. */
function hasPasswordInSettings(text: string): boolean {
  if (!/password|pwd/i.test(text)) return false;
  return text.split('\n').some(line => OTHER_SETTING.test(line) && [...line.matchAll(SETTING)].some(([, password]) => !isPlaceholderValue(password)));
}
