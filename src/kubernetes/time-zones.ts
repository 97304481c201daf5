const COMPONENT = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** The name of a time zone, as the API server takes it for a CronJob: one of the IANA's, in its upper and lower case. */
export function timeZone(name: string): string[] {
  const isName = name.split('/').every(part => COMPONENT.test(part) && part !== '.' && part !== '..' && !/^[-+]/.test(part));
  if (!isName || !isKnown(name)) return ['must be a name of the IANA time zone database, such as Europe/Berlin'];
  return [];
}

/** Unlike the API server's, the database here takes names in any case; canonical ones it gives back as they are written. */
function isKnown(name: string): boolean {
  try {
    const { timeZone: resolved } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return resolved === name || resolved.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
