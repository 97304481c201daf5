import { goDuration } from './go-duration';
import { isLocation } from './time-zones';

/**
 * Schedules of a CronJob, as the library `robfig/cron` reads them, which the API server asks.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of numbers, in lower case; the first is that of the smallest number. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const DESCRIPTORS: ReadonlySet<string> = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);
const EVERY = '@every ';
/** How a schedule says its time zone, which a CronJob has a field for. */
const ZONE = /^(?:CRON_)?TZ=([^ ]*) /;
/** What Go takes for a zone besides the names of zones. */
const OWN_ZONES: ReadonlySet<string> = new Set(['', 'Local']);

/** A schedule. Whether it may say its time zone is for others to say. */
export function cronSchedule(schedule: string): string[] {
  const zone = ZONE.exec(schedule)?.[1];
  if (zone !== undefined && !OWN_ZONES.has(zone) && !isLocation(zone)) return [`there is no time zone ${JSON.stringify(zone)}`];
  const spec = zone === undefined ? schedule : schedule.slice(schedule.indexOf(' ')).trim();
  if (spec.startsWith('@')) {
    if (DESCRIPTORS.has(spec) || (spec.startsWith(EVERY) && goDuration(spec.slice(EVERY.length)) !== undefined)) return [];
    return [`there is no ${JSON.stringify(spec)}; there are ${[...DESCRIPTORS].join(', ')} and @every 1h30m`];
  }
  const fields = spec.split(/[\s\u0085]/).filter(field => field !== '');
  if (fields.length !== FIELDS.length) return [`must have ${FIELDS.length} fields (minute, hour, day of the month, month, day of the week), not ${fields.length}`];
  return fields.flatMap((text, index) => text.split(',').filter(part => part !== '').flatMap(part => rangeProblem(part, FIELDS[index])));
}

/** What is wrong with one of the ranges of a field: `*`, `5`, `mon-fri`, `10-20/2`. */
function rangeProblem(text: string, field: Field): string[] {
  const wrong = (why: string) => [`${JSON.stringify(text)} is no ${field.name}: ${why}`];
  const [range, step, ...slashes] = text.split('/');
  const [low, high, ...hyphens] = range.split('-');
  const isAll = low === '*' || low === '?';
  const start = isAll ? field.min : numberOf(low, field);
  let end = isAll ? field.max : start;
  if (!isAll && high !== undefined) end = numberOf(high, field);
  if (!isAll && hyphens.length > 0) return wrong('it has too many hyphens');
  if (slashes.length > 0) return wrong('it has too many slashes');
  if (step !== undefined) {
    const every = parse(step);
    if (every === undefined || every === 0) return wrong('its step must be a number greater than 0');
  }
  if (start === undefined || end === undefined) return wrong(`use ${field.min} to ${field.max}`);
  if (start < field.min || end > field.max) return wrong(`use ${field.min} to ${field.max}`);
  return start > end ? wrong('it ends before it starts') : [];
}

function numberOf(text: string, { names = [], min }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? parse(text) : index + min;
}

function parse(text: string): number | undefined {
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
