import { ipAddress, sloppyIpAddress } from '../../kubernetes/ip-addresses';
import { byteLength, dns1123Subdomain, tooLong, MAX_SUBDOMAIN_LENGTH } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { named } from './fields';

/** The first version whose API server takes underscores, and a single dot, in search domains. */
const RELAXED_SINCE = 33;
/** The first version that refuses leading zeros in IP addresses. */
const STRICT_ADDRESSES_SINCE = 36;

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_LIST = 2048;

/** validatePodDNSConfig. */
export function validateDnsConfig(config: Decoded<'PodDNSConfig'> | undefined, policy: string | undefined, path: FieldPath, out: FindingsOfObject): void {
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  if (policy === 'None' && nameservers.length === 0) {
    out.refuse('RequiredField', config === undefined ? path : path.child('nameservers'), 'dnsPolicy: None needs a nameserver', 'give it one, or another dnsPolicy');
    return;
  }
  if (config === undefined) return;
  tooMany(nameservers.length, MAX_NAMESERVERS, path.child('nameservers'), out);
  nameservers.forEach((address, index) => validateAddress(address, path.child('nameservers').index(index), out));
  tooMany(searches.length, MAX_SEARCHES, path.child('searches'), out);
  if (byteLength(searches.join(' ')) > MAX_SEARCH_LIST) {
    out.refuse('OutOfRange', path.child('searches'), `the search domains have more than ${MAX_SEARCH_LIST} characters together`, 'shorten the list');
  }
  searches.forEach((search, index) => validateSearch(search, path.child('searches').index(index), out));
  options.forEach(({ name = '' }, index) => {
    if (name === '') out.refuse('RequiredField', path.child('options').index(index), 'the option has no name', 'name it');
  });
}

function tooMany(count: number, most: number, path: FieldPath, out: FindingsOfObject): void {
  if (count > most) out.refuse('OutOfRange', path, `there are ${count} of them`, `give at most ${most}`);
}

function validateSearch(search: string, path: FieldPath, out: FindingsOfObject): void {
  const domain = search.endsWith('.') ? search.slice(0, -1) : search;
  const strict = dns1123Subdomain(domain);
  if (strict.length === 0) return;
  named(search, () => strict, 'search domain', path, out, { until: RELAXED_SINCE - 1 });
  if (search !== '.') named(search, () => relaxedDomain(domain), 'search domain', path, out, { since: RELAXED_SINCE });
}

const RELAXED_LABEL = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

function relaxedDomain(domain: string): string[] {
  const problems = tooLong(domain, MAX_SUBDOMAIN_LENGTH);
  if (domain.endsWith('\n') || !domain.split('.').every(label => RELAXED_LABEL.test(label))) {
    problems.push("must consist of lower case alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character");
  }
  return problems;
}

/** Up to this version the API server neither prints which alias is wrong, nor which of its hosts. */
const UNCOUNTED_UNTIL = 29;

/** ValidateHostAliases. */
export function validateHostAliases(aliases: readonly Decoded<'HostAlias'>[], path: FieldPath, out: FindingsOfObject): void {
  const found = new FindingsOfObject();
  const uncounted = new FindingsOfObject();
  aliases.forEach((alias, index) => {
    validateHostAlias(alias, path.index(index), (list, place) => list.index(place), found);
    validateHostAlias(alias, path.unprinted(index), (list, place) => list.unprinted(place), uncounted);
  });
  out.addWithin({ until: UNCOUNTED_UNTIL }, uncounted);
  out.addWithin({ since: UNCOUNTED_UNTIL + 1 }, found);
}

function validateHostAlias(
  { ip = '', hostnames = [] }: Decoded<'HostAlias'>, path: FieldPath, item: (list: FieldPath, index: number) => FieldPath, out: FindingsOfObject,
): void {
  validateAddress(ip, path.child('ip'), out);
  hostnames.forEach((name, index) => named(name, dns1123Subdomain, 'name of a host', item(path.child('hostnames'), index), out));
}

function validateAddress(address: string, path: FieldPath, out: FindingsOfObject): void {
  const sloppy = sloppyIpAddress(address);
  if (sloppy.length > 0) named(address, () => sloppy, 'address', path, out);
  else named(address, ipAddress, 'address', path, out, { since: STRICT_ADDRESSES_SINCE });
}
