import { formsOf } from '../../src/inspect/leaks/value-forms';

/** A text that nothing prints by chance, with characters that URLs, JSON, HTML and shells escape. */
export const CANARY = 'zQ7xK&9vJ<4bL/pW+2mT';

/** The canary in every form, and each half of it. */
const TRACES: readonly string[] = [
  ...formsOf(Buffer.from(CANARY)).keys(), CANARY.slice(0, 8), CANARY.slice(-8), Buffer.from(CANARY).toString('base64').slice(0, 12), JSON.stringify([...Buffer.from(CANARY)]).slice(1, 24),
];

/** Whether anything of the canary is in a text. */
export function hasTrace(text: string): boolean {
  return TRACES.some(trace => text.includes(trace));
}
