import type { Pair } from './pair-up';
import type { Finding } from '../inspect/finding';
import { FindingsOfObject } from '../inspect/findings-of-object';
import { coveredBy, reasonOnObject, toFinding, type Inspected } from '../inspect/inspect';
import type { Manifest } from '../inspect/model/manifest';
import { validateUpdate } from '../inspect/validate/updates';

/** What the API server refuses in the change of one object, and nobody has acknowledged. */
export function refusedUpdate({ before, after }: Pair<Manifest>, { versions, options }: Inspected): Finding[] {
  if (before === undefined || after === undefined) return [];
  const found = new FindingsOfObject();
  validateUpdate(before, after, found);
  const findings = found.drafts.map(draft => toFinding(draft, after, versions, options, text => text, true))
    .filter(finding => finding !== undefined)
    .filter(finding => reasonOnObject(finding, after) === undefined && coveredBy(options.acknowledgements, finding) === undefined);
  // versions that name the field in another way are one to people
  return [...new Map(findings.map(finding => [finding.message, finding])).values()];
}
