import { X509Certificate } from 'node:crypto';
import type { PolicyRule } from './policy-rule';
import { FieldPath } from '../../inspect/field-path';
import { isPublicValue } from '../../inspect/leaks/public-values';
import type { Manifest } from '../../inspect/model/manifest';
import { secretsOf } from '../../inspect/model/secrets-of-manifest';
import { entryOf } from '../../inspect/model/string-map';
import { quote } from '../../inspect/quote';
import { SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';

/** The annotation that says when the values of a secret were made. */
export const ROTATED_AT = 'cdk8s-secrets/rotated-at';

const ANNOTATION = FieldPath.ROOT.child('metadata').child('annotations').key(ROTATED_AT);
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)?$/;
const DAY = 24 * 60 * 60 * 1000;
/** What has the values in it. Whatever else makes a Secret, its values change elsewhere. */
const HOLDS_VALUES = ['Secret', 'SealedSecret'];

/**
 * Values are replaced before they are too old.
 *
 * @param isEarlier whether a manifest is one of before, which is kept beside the newest for a while, and is as old as it is
 */
export function requireRotation(maxAge: number, asOf: number, isEarlier: (manifest: Manifest) => boolean): PolicyRule {
  return manifest => {
    const [secret] = secretsOf(manifest);
    if (secret === undefined || isEarlier(manifest)) return;
    const { findings } = manifest;
    const said = entryOf(manifest.metadata.annotations, ROTATED_AT);
    const since = said === undefined ? certificateDate(manifest) : timeOf(said);
    // a day later, as it is tomorrow already where somebody writes the day of today
    if (said !== undefined && (since === undefined || since > asOf + DAY)) {
      findings.fails('RotationRequired', ANNOTATION, `${quote(String(said))} is no day on which the values can have been made`, 'write a day that has been, like 2026-05-31');
    } else if (since === undefined) {
      if (!isAsked(manifest, secret.type)) return;
      findings.fails('RotationRequired', FieldPath.ROOT, `nothing says when the values of the secret ${quote(secret.name)} were made`,
        `write the day into its annotation ${ROTATED_AT}, like 2026-05-31`);
    } else if (asOf - since > maxAge) {
      findings.fails('RotationRequired', said === undefined ? FieldPath.ROOT : ANNOTATION,
        `the values of the secret ${quote(secret.name)} are ${days(asOf - since)} old, and may be no more than ${days(maxAge)}`,
        said === undefined ? 'have the certificate renewed' : `replace them, and write the day into the annotation ${ROTATED_AT}`);
    }
  };
}

/** Whether the date must be said: where there are values that are secret, and somebody has to replace them. */
function isAsked({ kind, contents }: Manifest, type: string | undefined): boolean {
  if (!HOLDS_VALUES.includes(kind) || type === SERVICE_ACCOUNT_TOKEN) return false;
  return contents === undefined || [...contents.keys].some(key => !isPublicValue(type, key, contents.bytes(key) ?? Buffer.alloc(0)));
}

/** Since when the certificate of a TLS Secret is valid. */
function certificateDate({ contents }: Manifest): number | undefined {
  const pem = contents?.bytes('tls.crt');
  if (pem === undefined) return undefined;
  try {
    return Date.parse(new X509Certificate(pem).validFrom);
  } catch {
    return undefined;
  }
}

function timeOf(text: unknown): number | undefined {
  const time = typeof text === 'string' && DATE.test(text) ? Date.parse(text) : Number.NaN;
  // a day that there is not, such as the 30th of February, is read as one of the next month
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(String(text).slice(0, 10)) ? undefined : time;
}

function days(milliseconds: number): string {
  const count = Math.floor(milliseconds / DAY);
  return count === 1 ? '1 day' : `${count} days`;
}
