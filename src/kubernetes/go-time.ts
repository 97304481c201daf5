const TIME = /^(\d{4}-\d\d-\d\d)T(\d|[01]\d|2[0-3])(:[0-5]\d:[0-5]\d)(?:[.,](\d+))?(?:Z|([+-])([01]\d|2[0-4]):([0-5]\d|60))$/;

/** Whether a text like `2030-01-31` is a day that there is. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
}

/** The milliseconds from 1970 to a time in RFC 3339, or undefined where `time.Parse` of Go refuses the text. */
export function goTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null || !isDay(match[1])) return undefined;
  const [, day, hour, minutes, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return Date.parse(`${day}T${hour.padStart(2, '0')}${minutes}.${milliseconds}Z`) + (sign === '-' ? offset : -offset);
}
