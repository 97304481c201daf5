import type { Problem } from '../errors/problem';
import { didYouMean } from '../errors/suggest';
import { FieldPath } from '../inspect/field-path';
import { ACKNOWLEDGE } from '../inspect/inspect';
import type { Cluster } from '../inspect/model/cluster';
import { keysOf } from '../inspect/model/string-map';
import { ALL_CODES, isCode } from '../report/all-codes';

const ANNOTATIONS = FieldPath.ROOT.child('metadata').child('annotations');

/** Why nothing is acknowledged, if that is so. */
export function acknowledgementProblem(code: string, reason: string): Problem | undefined {
  if (!isCode(code)) {
    return { code: 'UnknownCode', message: `there is no code ${JSON.stringify(code)}`, next: didYouMean(code, Object.keys(ALL_CODES), 'codes') };
  }
  return reason.trim() !== '' ? undefined : {
    code: 'UnknownCode',
    message: `${code} was acknowledged without a reason`,
    next: 'say why it may stay; the reason is kept in the report',
  };
}

/** Annotations by which objects acknowledge findings, and that let nothing stay. */
export function checkAcknowledgements({ manifests }: Cluster): void {
  for (const { metadata: { annotations }, findings } of manifests) {
    for (const name of keysOf(annotations)) {
      const problem = name.startsWith(ACKNOWLEDGE) ? acknowledgementProblem(name.slice(ACKNOWLEDGE.length), annotations![name]) : undefined;
      if (problem !== undefined) findings.surprises('UnknownCode', ANNOTATIONS.key(name), problem.message, problem.next);
    }
  }
}
