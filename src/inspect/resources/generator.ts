import { checkKeySelectors } from './key-selectors';
import type { ResourceRules } from './rules-of-resource';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { settingsField } from '../model/generators';
import { keySelectors } from '../model/key-selectors';
import { passwordProblem } from '../model/password-alphabet';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');

/** A Password: what its generator cannot make. */
export const PASSWORD_RULES: ResourceRules = {
  check: ({ findings }, spec) => checkPassword(spec, SPEC, findings),
};

/** A generator that logs in somewhere: with keys of Secrets of its own namespace. */
export const CREDENTIAL_RULES: ResourceRules = {
  check: (manifest, spec, cluster) => {
    for (const field of ['auth', 'provider', 'secret', 'secrets']) checkKeySelectors(keySelectors(spec[field], SPEC.child(field)), manifest, cluster);
  },
};

/** A ClusterGenerator: the settings must be those of the kind that it names. */
export const CLUSTER_GENERATOR_RULES: ResourceRules = {
  check: ({ findings: out }, spec) => {
    const kind = text(spec.kind);
    const settings = record(spec.generator);
    const wanted = `${kind}Spec`.toLowerCase();
    const [given] = Object.keys(settings);
    if (kind === '' || given === undefined) return;
    const field = SPEC.child('generator').child(given);
    if (given.toLowerCase() !== wanted) {
      out.fails('ConflictingFields', field, `the kind is ${quote(kind)}, and these are the settings of another generator`, `write the settings under ${quote(settingsField(kind))}`);
    } else if (kind === 'Password') {
      checkPassword(record(settings[given]), field, out);
    }
  },
};

function checkPassword(spec: Fields, path: FieldPath, out: FindingsOfObject): void {
  const seen = new Set<string>();
  list(spec.secretKeys).map(text).forEach((key, index) => {
    if (seen.has(key)) out.fails('ConflictingFields', path.child('secretKeys').index(index), `the key ${quote(key)} stands twice`, 'leave one of them out');
    seen.add(key);
  });
  const problem = passwordProblem(spec);
  if (problem !== undefined) out.fails('OutOfRange', path.child('length'), problem.message, problem.next);
}
