const NANOSECONDS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** The nanoseconds of a duration as Go reads one (`1h30m`), or undefined where it is none: there is no unit for days. */
export function goDuration(text: string): number | undefined {
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  if (unsigned === '0') return 0;
  if (unsigned === '') return undefined;
  let total = 0;
  for (let at = 0; at < unsigned.length;) {
    PART.lastIndex = at;
    const part = PART.exec(unsigned);
    if (part === null) return undefined;
    total += Number(part[1]) * NANOSECONDS[part[2]];
    at = PART.lastIndex;
  }
  return text.startsWith('-') ? -total : total;
}

/** A duration as Go prints it, so that the server has nothing to rewrite: `1h0m0s`, `1m30s`, `30s`. */
export function printGoDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${Math.round((seconds % 60) * 1000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
