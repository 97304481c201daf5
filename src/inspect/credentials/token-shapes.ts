/** What the tokens of one system look like, so exactly that nothing else does. */
interface TokenShape {
  readonly what: string;
  readonly shape: RegExp;
}

/**
 * The shapes that the systems document. Well-kept detectors (secretlint, gitleaks) have the same ones and hundreds more; as a dependency they would bring
 * dozens of packages, and an asynchronous engine, for this table.
 *
 * - AWS: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (unique ID prefixes)
 * - GitHub: github.blog/engineering/behind-githubs-new-authentication-token-formats
 * - GitLab: docs.gitlab.com/security/tokens (token prefixes)
 * - Slack: api.slack.com/authentication/token-types
 * - Stripe: docs.stripe.com/keys
 * - Google: cloud.google.com/docs/authentication/api-keys
 * - JWT: RFC 7519, of which header and claims begin with `{"`
 * - npm: github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format
 * - the others: the prefixes that GitHub's secret scanning lists for its partners
 */
const SHAPES: readonly TokenShape[] = [
  { what: 'an access key of AWS', shape: /^(?:AKIA|ASIA)[A-Z0-9]{16}$/ },
  { what: 'a token of GitHub', shape: /^(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})$/ },
  { what: 'a token of GitLab', shape: /^gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt|ffct|rtr)-[A-Za-z0-9_.-]{20,300}$/ },
  { what: 'a token of Slack', shape: /^(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{16,250}$/ },
  { what: 'a secret key of Stripe', shape: /^(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,250}$/ },
  { what: 'an API key of Google', shape: /^AIza[A-Za-z0-9_-]{35}$/ },
  { what: 'a client secret of Google', shape: /^GOCSPX-[A-Za-z0-9_-]{28}$/ },
  { what: 'a token of npm', shape: /^npm_[A-Za-z0-9]{36}$/ },
  { what: 'a token of PyPI', shape: /^pypi-AgE[A-Za-z0-9_-]{50,300}$/ },
  { what: 'a token of Docker Hub', shape: /^dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,60}$/ },
  { what: 'a token of DigitalOcean', shape: /^do[opr]_v1_[a-f0-9]{64}$/ },
  { what: 'an API key of SendGrid', shape: /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/ },
  { what: 'a token of Hugging Face', shape: /^hf_[A-Za-z0-9]{34,40}$/ },
  { what: 'an API key of OpenAI', shape: /^sk-[A-Za-z0-9_-]{20,120}T3BlbkFJ[A-Za-z0-9_-]{20,120}$/ },
  { what: 'an API key of Anthropic', shape: /^sk-ant-[A-Za-z0-9_-]{80,130}$/ },
  { what: 'a token of Vault', shape: /^hv[sbr]\.[A-Za-z0-9_-]{24,300}$/ },
  { what: 'a key of age', shape: /^AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}$/ },
  { what: 'a JSON Web Token', shape: /^eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}$/ },
];

/** The shortest of them. */
const WORD = /[A-Za-z0-9_.-]{20,}/g;

/** The end of a token that is left open has few different characters: `ghp_xxxxxxxx…`. */
const END = -16;
const FEWEST_CHARACTERS = 5;

/** What a text holds, where some word in it has the shape of a token: never the token. */
export function tokenIn(text: string): string | undefined {
  for (const [found] of text.matchAll(WORD)) {
    const word = found.replace(/\.$/, '');
    const what = SHAPES.find(({ shape }) => shape.test(word))?.what;
    if (what !== undefined && !isLeftOpen(word)) return what;
  }
  return undefined;
}

/** Whether a token is one of documentation: `AKIAIOSFODNN7EXAMPLE`, `ghp_xxxx…`. */
function isLeftOpen(token: string): boolean {
  return new Set(token.slice(END)).size < FEWEST_CHARACTERS || /example|redacted|placeholder|x{6}/i.test(token);
}
