import { checkKey } from './keys';
import type { ResourceRules } from './rules-of-resource';
import { checkTemplate } from './templates';
import { FieldPath } from '../field-path';
import type { Manifest } from '../model/manifest';
import { isRecord, list, record, text } from '../model/untyped';
import { quote } from '../quote';

const SPEC = FieldPath.ROOT.child('spec');

/** An InfisicalStaticSecret: where it reads, and what it makes of it. */
export const INFISICAL_RULES: ResourceRules = {
  check: (manifest, spec) => {
    const { findings: out } = manifest;
    list(spec.sources).map(record).forEach(({ projectId, projectSlug }, index) => {
      const given = [projectId, projectSlug].filter(value => text(value) !== '').length;
      if (given === 0) out.fails('ConflictingFields', SPEC.child('sources').index(index), 'the source names no project', 'give it a projectId or a projectSlug');
    });
    const targets = new Set<string>();
    list(spec.targets).map(record).forEach((target, index) => {
      const at = SPEC.child('targets').index(index);
      const id = JSON.stringify([target.kind, target.namespace, target.name]);
      if (targets.has(id)) out.fails('SecretMadeTwice', at, `another target is the ${text(target.kind)} ${quote(text(target.name))} too`, 'leave one of them out');
      targets.add(id);
      checkData(record(target.template).data, at.child('template').child('data'), manifest);
    });
  },
};

/** A template for each key, or one whose text is a map of them. */
function checkData(data: unknown, at: FieldPath, manifest: Manifest): void {
  const check = (value: unknown, path: FieldPath) => checkTemplate(value, path, manifest, { knowsFunction: () => true, operator: 'the operator of Infisical', stopsAtUnknown: false });
  if (isRecord(data)) {
    for (const [key, value] of Object.entries(data)) {
      checkKey(key, at.key(key), manifest.findings);
      check(value, at.key(key));
    }
  } else {
    check(data, at);
  }
}
