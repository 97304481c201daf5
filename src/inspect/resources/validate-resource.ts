import { customKind, schemaNode } from '../../crd/kinds';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { record } from '../model/untyped';
import { quote } from '../quote';
import { resourceRules } from './resource-rules';
import { SchemaCheck } from './schema-check';

/** Versions that were given up, by group and name, and since when. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  'external-secrets.io/v1beta1': 'since External Secrets 0.17',
  'external-secrets.io/v1alpha1': 'since External Secrets 0.9',
  'cert-manager.io/v1alpha2': 'since cert-manager 1.6',
  'cert-manager.io/v1alpha3': 'since cert-manager 1.6',
  'cert-manager.io/v1beta1': 'since cert-manager 1.6',
};

/** What to do about fields that are often written in the wrong place, by kind. */
const HINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OnePasswordItem: { 'spec.type': 'write type at the top of the object, beside spec' },
};

/** What the API server, or the webhook of the operator, refuses in a custom resource. */
export function validateResource(manifest: Manifest): void {
  const { apiVersion, kind, raw, findings: out } = manifest;
  const [group, version] = apiVersion.split('/');
  const known = customKind(group, kind);
  if (known !== undefined) {
    const schema = Object.hasOwn(known.versions, version) ? known.versions[version] : undefined;
    if (schema !== undefined) {
      new SchemaCheck(`${kind} of ${known.of}`, schemaNode, out, HINTS[kind]).object(raw, schema, FieldPath.ROOT);
    } else {
      const served = Object.keys(known.versions).filter(name => known.versions[name] !== undefined);
      // a version that is newer than what is known here may well be served
      if (served.every(name => maturityOf(version) > maturityOf(name))) return;
      const since = GIVEN_UP[apiVersion];
      out.refuseTogether('UnservedVersion', FieldPath.ROOT.child('apiVersion'), `${quote(kind)} of the version ${quote(apiVersion)} is not served${since === undefined ? '' : ` ${since}`}`,
        `write apiVersion: ${group}/${served[0]}, and read in the notes of the operator what else changed; where an older operator is to stay, acknowledge the finding`, JSON.stringify([apiVersion, kind]));
    }
  }
  resourceRules(group, kind)?.validate?.(manifest, record(raw.spec));
}

/** Orders the versions of an API as Kubernetes does: v1alpha1, v1beta1, v1, v2. */
function maturityOf(version: string): number {
  const [, major = '0', stage = '', minor = '0'] = /^v(\d{1,3})(?:(alpha|beta)(\d{1,3}))?$/.exec(version) ?? [];
  return (stage === '' ? 2_000_000 : stage === 'beta' ? 1_000_000 : 0) + Number(major) * 1_000 + Number(minor);
}
