import { TIME_ZONES } from './time-zone-names';

/** The name of a time zone, as the API server takes it for a CronJob: one of the IANA's, in its upper and lower case. */
export function timeZone(name: string): string[] {
  return isLocation(name) ? [] : ['must be a name of the IANA time zone database, such as Europe/Berlin'];
}

/** Whether there is a time zone of this name. */
export function isLocation(name: string): boolean {
  const slash = name.indexOf('/');
  const region = slash < 0 ? '' : name.slice(0, slash);
  if (slash === 0 || !Object.hasOwn(TIME_ZONES, region)) return false;
  return TIME_ZONES[region].split(' ').includes(name.slice(slash + 1)) || (region !== '' && isCanonical(name));
}

/** Whether Node.js, whose data may be newer than ours, calls a zone so. */
function isCanonical(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone === name;
  } catch {
    return false;
  }
}
