import { dns1123Label, dns1123Subdomain } from '../../kubernetes/names';
import type { Decoded } from '../decode/decoded';
import { FieldPath } from '../field-path';
import { FindingsOfObject } from '../findings-of-object';
import { entryOf, type StringMap } from '../model/string-map';
import { quote } from '../quote';
import { named } from './fields';
import { MIRROR } from './pod-annotations';

/** The versions that take claims of devices; those before drop them. */
const CLAIMS = { since: 34 };

/** validatePodResourceClaims. */
export function validateResourceClaims(
  claims: readonly Decoded<'PodResourceClaim'>[], annotations: StringMap | undefined, path: FieldPath, out: FindingsOfObject,
): void {
  const found = new FindingsOfObject();
  if (entryOf(annotations, MIRROR) !== undefined && claims.length > 0) {
    out.refuse('ForbiddenField', FieldPath.ROOT, 'a mirror pod uses no claims of devices', 'leave the resourceClaims out', CLAIMS);
    return;
  }
  const taken = new Set<string>();
  claims.forEach(({ name = '', resourceClaimName, resourceClaimTemplateName }, index) => {
    const at = path.index(index);
    if (name === '') {
      found.refuse('RequiredField', at.child('name'), 'the claim has no name', 'give it a name');
    } else if (taken.has(name)) {
      found.refuse('AmbiguousSource', at.child('name'), `there already is a claim ${quote(name)}`, 'give it another name');
    } else {
      named(name, dns1123Label, 'name of a claim', at.child('name'), found);
      taken.add(name);
    }
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
      found.refuse('AmbiguousSource', at, 'the claim names a ResourceClaim and a template', 'leave one of them out');
    } else if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
      found.refuse('MissingSource', at, 'the claim names no ResourceClaim and no template', 'name one');
    }
    for (const [field, value] of [['resourceClaimName', resourceClaimName], ['resourceClaimTemplateName', resourceClaimTemplateName]] as const) {
      if (value !== undefined) named(value, dns1123Subdomain, 'name of such an object', at.child(field), found);
    }
  });
  out.addWithin(CLAIMS, found);
}
