import { isIP } from 'node:net';
import type { ServerNames } from './x509';
import { SecretsError } from '../errors/secrets-error';
import { ipAddress } from '../kubernetes/ip-addresses';
import { dns1123Label, dns1123Subdomain } from '../kubernetes/names';

/** The names and addresses of a certificate, checked. No message quotes one: it may be anything that was put in its place. */
export function checkedServerNames({ dnsNames = [], ipAddresses = [] }: Partial<ServerNames>): ServerNames {
  const texts = (list: readonly string[]) => Array.isArray(list) && list.every(name => typeof name === 'string');
  if (!texts(dnsNames) || !texts(ipAddresses)) throw invalid('the names that a certificate is for are no texts', "give them as in dnsNames: ['shop.example.com']");
  if (dnsNames.length + ipAddresses.length === 0) throw invalid('the certificate is for nothing', "give dnsNames: ['shop.example.com', 'localhost'], or ipAddresses");
  dnsNames.forEach((name, index) => {
    if (isIP(name) !== 0) throw invalid(`dnsNames[${index}] is an address, which no client looks for among names`, 'move it to ipAddresses');
    if (!isServerName(name)) {
      throw invalid(`dnsNames[${index}] is no name of a server`, "write it without scheme, port and path, in lower case: 'shop.example.com' or '*.example.com'; names of other alphabets start with 'xn--'");
    }
  });
  const wrong = ipAddresses.findIndex(address => ipAddress(address).length > 0);
  if (wrong !== -1) throw invalid(`ipAddresses[${wrong}] is no address`, "write it like '127.0.0.1' or '::1'; names belong into dnsNames");
  return { dnsNames: [...dnsNames], ipAddresses: [...ipAddresses] };
}

/** The first label may be a star. */
function isServerName(name: string): boolean {
  const plain = name.startsWith('*.') ? name.slice(2) : name;
  return dns1123Subdomain(plain).length === 0 && plain.split('.').every(label => dns1123Label(label).length === 0);
}

function invalid(message: string, next: string): SecretsError {
  return new SecretsError({ code: 'InvalidGeneratedValue', message, next });
}
