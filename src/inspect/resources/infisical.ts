import type { ResourceRules } from './rules-of-resource';
import { checkTemplate } from './templates';
import { FieldPath } from '../field-path';
import { list, record, text } from '../model/untyped';
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
      for (const [key, value] of Object.entries(record(record(target.template).data))) {
        checkTemplate(value, at.child('template').child('data').key(key), manifest, { knowsFunction: () => true, operator: 'the operator of Infisical', stopsAtUnknown: false });
      }
    });
  },
};
