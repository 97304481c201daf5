import type { ResourceRules } from './rules-of-resource';
import { FieldPath } from '../field-path';
import { text } from '../model/untyped';

/** The item is found by a path of its vault and its id or title. */
export const ONE_PASSWORD_RULES: ResourceRules = {
  check: ({ findings: out }, spec) => {
    const path = text(spec.itemPath);
    const [vaults, vault, items, item, ...more] = path.split('/');
    if (vaults === 'vaults' && items === 'items' && vault !== '' && item !== '' && more.length === 0) return;
    out.fails('InvalidFormat', FieldPath.ROOT.child('spec').child('itemPath'), "the field must be a path like 'vaults/VAULT/items/ITEM': the operator finds no other", 'correct it');
  },
};
