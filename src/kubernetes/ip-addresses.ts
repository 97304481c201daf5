import { isIPv4, isIPv6 } from 'node:net';

const QUAD = /^\d+\.\d+\.\d+\.\d+$/;

/** Takes the zeros before the numbers of an IPv4 address, which old versions read as decimal numbers all the same. */
function withoutZeros(quad: string): string {
  return QUAD.test(quad) ? quad.split('.').map(part => part.replace(/^0+(?=\d)/, '')).join('.') : quad;
}

/** The address with the IPv4 address at its end, if there is one, without leading zeros. */
function normalized(address: string): string {
  const start = address.lastIndexOf(':') + 1;
  return address.slice(0, start) + withoutZeros(address.slice(start));
}

/** An IP address, as the API server takes it: leading zeros are none of its concern up to 1.35. */
export function sloppyIpAddress(address: string): string[] {
  const known = normalized(address);
  return isIPv4(known) || (isIPv6(known) && !known.includes('%')) ? [] : ['must be an IP address, such as 10.9.8.7 or 2001:db8::ffff'];
}

/** An IP address, as the API server takes it since 1.36. */
export function ipAddress(address: string): string[] {
  const problems = sloppyIpAddress(address);
  if (problems.length > 0) return problems;
  if (normalized(address) !== address) problems.push('must not have leading zeros');
  if (isMapped(address)) problems.push('must not be an IPv4 address in an IPv6 address');
  return problems;
}

/** Whether it is an IPv4 address that is written as an IPv6 address: `::ffff:1.2.3.4`. */
function isMapped(address: string): boolean {
  if (!address.includes(':')) return false;
  const groups = address.toLowerCase().split(':');
  const quad = groups[groups.length - 1].includes('.');
  const tail = groups.slice(quad ? -1 : -2);
  const head = groups.slice(0, -tail.length);
  return head.pop() === 'ffff' && head.every(group => /^0*$/.test(group));
}
