/** A day and a time with its zone: the hour may have one digit, and seconds a fraction behind a point or a comma. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/;
const MONTHS = 12;
/** Go takes offsets of a whole day, and of 60 minutes. */
const MAX_OFFSET = { hours: 24, minutes: 60 };

/** Whether Go's `time.Parse` reads a text as `time.RFC3339`: it takes a little more than that, and no day that there is not. */
export function isGoTime(text: string): boolean {
  const match = TIME.exec(text);
  if (match === null || text.endsWith('\n')) return false;
  const [year, month, day, hour, minute, second, hours = 0, minutes = 0] = match.slice(1).map(part => Number(part ?? 0));
  return month >= 1 && month <= MONTHS && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60
    && hours <= MAX_OFFSET.hours && minutes <= MAX_OFFSET.minutes;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
