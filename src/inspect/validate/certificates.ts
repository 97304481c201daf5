import { byteLength, dns1123Label, dns1123Subdomain, MAX_LABEL_LENGTH, MAX_SUBDOMAIN_LENGTH, qualifiedName } from '../../kubernetes/names';
import { itemPath } from '../../kubernetes/paths';
import { MAX_ANNOTATIONS_SIZE } from '../../kubernetes/sizes';
import type { VersionRange } from '../../kubernetes/versions';
import type { ClusterTrustBundleProjection, Decoded } from '../decode/decoded';
import type { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { keysOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { between, named, oneOfOrAbsent } from './fields';
import { validateItemPath } from './files';
import { validateSelector } from './selectors';

/** The versions that take trust bundles and certificates of pods into projected volumes; those before drop them. */
export const CERTIFICATES: VersionRange = { since: 37 };

/** Takes the path of a file in the volume, which must be free. */
type Take = (file: string, at: FieldPath, range: VersionRange) => void;

/** A clusterTrustBundle among the sources of a projected volume: it names a bundle, or a signer. */
export function validateTrustBundle(bundle: ClusterTrustBundleProjection, path: FieldPath, take: Take, out: FindingsOfObject): void {
  const found = new FindingsOfObject();
  const { name, signerName, labelSelector, path: file = '' } = bundle;
  if (name !== undefined && signerName !== undefined) {
    found.refuse('AmbiguousSource', path, 'the source has a name and a signerName', 'leave one of them out');
  } else if (name !== undefined) {
    if (name === '') found.refuse('RequiredField', path.child('name'), 'no ClusterTrustBundle is named', 'name it');
    else named(name, bundleName, 'name of a ClusterTrustBundle', path.child('name'), found);
    if (labelSelector !== undefined) {
      found.refuse('AmbiguousSource', path.child('labelSelector'), 'a bundle that is named is not selected by its labels', 'leave the selector out');
    }
  } else if (signerName !== undefined) {
    validateSigner(signerName, path.child('signerName'), found);
    if (labelSelector !== undefined) validateSelector(labelSelector, path.child('labelSelector'), found);
  } else {
    found.refuse('RequiredField', path, 'the source names no bundle and no signer', 'give it a name or a signerName');
  }
  validateItemPath(file, path.child('path'), found);
  out.addWithin(CERTIFICATES, found);
  take(file, path.child('path'), CERTIFICATES);
}

/** A name, or the name of a signer with `:` for `/`, and a name after it. */
function bundleName(name: string): string[] {
  const colon = name.lastIndexOf(':');
  const signer = name.slice(0, Math.max(colon, 0));
  if (colon === 0 || signer.includes('/')) return ["must start with the name of the signer, with ':' for '/'"];
  return dns1123Subdomain(name.slice(colon + 1));
}

const PATHS = ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const;
const KEY_TYPES: ReadonlySet<string> = new Set(['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519']);
const MIN_SECONDS = 3600;
const DAY = 24 * 3600;
const MAX_DAYS = 91;

/** A podCertificate among the sources of a projected volume. */
export function validatePodCertificate(certificate: Decoded<'PodCertificateProjection'>, path: FieldPath, take: Take, out: FindingsOfObject): void {
  const found = new FindingsOfObject();
  const { signerName = '', keyType = '', maxExpirationSeconds, userAnnotations } = certificate;
  validateSigner(signerName, path.child('signerName'), found);
  validateUserAnnotations(userAnnotations, path.child('userAnnotations'), found);
  oneOfOrAbsent(keyType, KEY_TYPES, path.child('keyType'), found);
  const most = isOfKubernetes(signerName) ? DAY : MAX_DAYS * DAY;
  between(maxExpirationSeconds, MIN_SECONDS, most, path.child('maxExpirationSeconds'), found);
  const files = PATHS.filter(field => (certificate[field] ?? '') !== '');
  for (const field of files) {
    const wrong = itemPath(certificate[field]!);
    if (wrong.length > 0) {
      found.refuse('InvalidPath', path.child(field), `${quote(certificate[field]!)} can be no path of a file: ${wrong.join(', ')}`, "give a relative path without '..'");
    }
  }
  if (files.length === 0) found.refuse('RequiredField', path, 'the certificate gets no file', `give it a ${PATHS.join(', ')}`);
  out.addWithin(CERTIFICATES, found);
  for (const field of files) take(certificate[field]!, path.child(field), CERTIFICATES);
}

function isOfKubernetes(signer: string): boolean {
  const [host] = signer.split('/', 1);
  return host === 'kubernetes.io' || host.endsWith('.kubernetes.io');
}

const MAX_SIGNER = MAX_SUBDOMAIN_LENGTH + 1 + MAX_LABEL_LENGTH + 1 + MAX_SUBDOMAIN_LENGTH;

/** ValidateSignerName. */
function validateSigner(signer: string, path: FieldPath, out: FindingsOfObject): void {
  if (signer === '') out.refuse('RequiredField', path, 'no signer is named', 'name it, for example example.com/signer');
  else named(signer, nameOfSigner, 'name of a signer', path, out);
}

function nameOfSigner(signer: string): string[] {
  const [domain, name, ...more] = signer.split('/');
  if (name === undefined || more.length > 0) return ['must be a domain and a name, such as example.com/signer'];
  const labels = domain.split('.');
  const problems = byteLength(domain) > MAX_SUBDOMAIN_LENGTH || byteLength(signer) > MAX_SIGNER ? ['is too long'] : [];
  if (labels.length < 2) problems.push('must have a domain of at least two labels');
  for (const label of labels) problems.push(...dns1123Label(label));
  for (const label of name.split('.')) problems.push(...dns1123Subdomain(label));
  return [...new Set(problems)];
}

/** ValidateUserAnnotations. */
function validateUserAnnotations(annotations: StringMap | undefined, path: FieldPath, out: FindingsOfObject): void {
  let size = 0;
  for (const key of keysOf(annotations)) {
    size += byteLength(key) + byteLength(annotations![key]);
    const wrong = qualifiedName(key.toLowerCase());
    if (wrong.length === 0 && !key.includes('/')) wrong.push('must have a domain before it, such as example.com/key');
    if (wrong.length > 0) out.refuse('InvalidLabel', path, `${quote(key)} can be no key here: ${wrong.join(', ')}`, 'correct it');
  }
  if (size > MAX_ANNOTATIONS_SIZE) out.refuse('AnnotationsTooLarge', path, `the annotations have ${size} bytes together`, 'shorten them');
}
