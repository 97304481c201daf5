import { byteLength, dns1123Subdomain } from '../../kubernetes/names';
import { localDescendingPath } from '../../kubernetes/paths';
import type { VersionRange } from '../../kubernetes/versions';
import type { Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';
import { named, oneOfOrAbsent, required } from './fields';

/** What the security contexts of pods and of containers have in common. */
interface Profiles {
  readonly seccompProfile?: Decoded<'SeccompProfile'>;
  readonly appArmorProfile?: Decoded<'AppArmorProfile'>;
  readonly windowsOptions?: Decoded<'WindowsSecurityContextOptions'>;
}

/** The profiles in a security context, of a pod or of a container. */
export function validateProfiles({ seccompProfile, appArmorProfile, windowsOptions }: Profiles, path: FieldPath, out: FindingsOfObject): void {
  if (seccompProfile !== undefined) validateSeccomp(seccompProfile, path.child('seccompProfile'), out);
  if (appArmorProfile !== undefined) validateAppArmor(appArmorProfile, path.child('appArmorProfile'), out);
  if (windowsOptions !== undefined) validateWindowsOptions(windowsOptions, path.child('windowsOptions'), out);
}

const TYPES: ReadonlySet<string> = new Set(['Localhost', 'RuntimeDefault', 'Unconfined']);

/** validateSeccompProfileField. */
function validateSeccomp({ type = '', localhostProfile }: Decoded<'SeccompProfile'>, path: FieldPath, out: FindingsOfObject): void {
  validateType(type, path.child('type'), out);
  const at = path.child('localhostProfile');
  if (type !== 'Localhost') {
    if (localhostProfile !== undefined) out.refuse('ForbiddenField', at, 'only a profile of the type Localhost has a file', 'leave it out');
  } else if (localhostProfile === undefined) {
    out.refuse('RequiredField', at, 'a profile of the type Localhost needs a file', 'name the file');
  } else {
    const wrong = localDescendingPath(localhostProfile);
    if (wrong.length > 0) out.refuse('InvalidPath', at, `${quote(localhostProfile)} is refused: ${wrong.join(', ')}`, "give a relative path without '..'");
  }
}

function validateType(type: string, path: FieldPath, out: FindingsOfObject, range?: VersionRange): void {
  if (type === '') out.refuse('RequiredField', path, 'the profile has no type', `use one of ${[...TYPES].join(', ')}`, range);
  else oneOfOrAbsent(type, TYPES, path, out, range);
}

/** The first version whose API server takes profiles of AppArmor. */
const APP_ARMOR_SINCE = 30;
/** Longest name of a profile, in bytes. */
const MAX_PROFILE = 4095;

/** ValidateAppArmorProfileField. */
function validateAppArmor({ type = '', localhostProfile }: Decoded<'AppArmorProfile'>, path: FieldPath, out: FindingsOfObject): void {
  const range = { since: APP_ARMOR_SINCE };
  const at = path.child('localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined || localhostProfile === '') {
      out.refuse('RequiredField', at, 'a profile of the type Localhost needs a name', 'name the profile', range);
    } else if (localhostProfile.trim() !== localhostProfile || byteLength(localhostProfile) > MAX_PROFILE) {
      out.refuse('InvalidName', at, `the name of a profile has no spaces around it, and at most ${MAX_PROFILE} bytes`, 'correct it', range);
    }
    return;
  }
  validateType(type, path.child('type'), out, range);
  if (TYPES.has(type) && localhostProfile !== undefined) {
    out.refuse('ForbiddenField', at, 'only a profile of the type Localhost has a name', 'leave it out', range);
  }
}

const MAX_CREDENTIAL_SPEC = 64 * 1024;

/** validateWindowsSecurityContextOptions. */
function validateWindowsOptions(options: Decoded<'WindowsSecurityContextOptions'>, path: FieldPath, out: FindingsOfObject): void {
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined) {
    named(gmsaCredentialSpecName, dns1123Subdomain, 'name of a GMSACredentialSpec', path.child('gmsaCredentialSpecName'), out);
  }
  if (gmsaCredentialSpec !== undefined) {
    const at = path.child('gmsaCredentialSpec');
    required(gmsaCredentialSpec, at, 'the credential spec is empty', 'give it, or leave the field out', out);
    if (byteLength(gmsaCredentialSpec) > MAX_CREDENTIAL_SPEC) out.refuse('OutOfRange', at, 'the credential spec has more than 64 KiB', 'shorten it');
  }
  if (runAsUserName === undefined) return;
  const at = path.child('runAsUserName');
  if (runAsUserName === '') out.refuse('RequiredField', at, 'the name of the user is empty', 'give it, or leave the field out');
  else named(runAsUserName, windowsUser, 'name of a Windows user', at, out);
}

const MAX_DOMAIN = 255;
const MAX_USER = 104;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

function windowsUser(name: string): string[] {
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(name)) return ['must not contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['must not contain more than one backslash'];
  const problems: string[] = [];
  const user = parts[parts.length - 1];
  if (parts.length === 2) {
    const [domain] = parts;
    if (byteLength(domain) > MAX_DOMAIN) problems.push(`its domain must be no more than ${MAX_DOMAIN} bytes`);
    if (!NET_BIOS.test(domain) && !domain.split('.').every(label => DNS_LABEL.test(label))) problems.push('its domain must be a NetBIOS or DNS name');
  }
  if (user === '') problems.push('its user must not be empty');
  if (byteLength(user) > MAX_USER) problems.push(`its user must be no more than ${MAX_USER} bytes`);
  if (/^[. ]+$/.test(user)) problems.push('its user must not be only dots and spaces');
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) problems.push('its user must not contain any of "/\\:;|=,+*?<>@[]');
  return problems;
}
