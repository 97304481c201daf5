import { checkKey, checkKeysOfType } from './keys';
import type { ResourceRules } from './rules-of-resource';
import { didYouMeanAmong } from '../../errors/suggest';
import { TLS } from '../../kubernetes/secret-types';
import { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { providerFiles } from '../model/provider-files';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

type Fields = Readonly<Record<string, unknown>>;

const SPEC = FieldPath.ROOT.child('spec');

export const PROVIDER_CLASS_RULES: ResourceRules = {
  check: ({ findings: out }, spec) => {
    const provider = text(spec.provider);
    if (!/^[a-zA-Z0-9_-]{1,30}$/.test(provider)) {
      out.fails('InvalidProviderClass', SPEC.child('provider'), provider === '' ? 'no provider is named' : 'no provider can have this name', "name one: letters, digits, '-' and '_', at most 30");
    }
    const { files, problems } = providerFiles(provider, record(spec.parameters));
    for (const { parameter, message } of problems) {
      out.fails('InvalidProviderClass', SPEC.child('parameters').key(parameter), `${message}: no pod that mounts it starts`, 'correct the parameter');
    }
    list(spec.secretObjects).map(record).forEach((object, index) => checkSecretObject(object, SPEC.child('secretObjects').index(index), out, problems.length === 0 ? files : undefined));
  },
};

/** A Secret that is made of what is mounted. */
function checkSecretObject(object: Fields, path: FieldPath, out: FindingsOfObject, files: ReadonlySet<string> | undefined): void {
  const needs = (field: string, at = path) => out.fails('InvalidProviderClass', at.child(field), `the Secret is not made without ${field}`, 'add it');
  const type = text(object.type);
  const entries = list(object.data).map(record);
  if (text(object.secretName) === '') needs('secretName');
  if (type === '') needs('type');
  if (entries.length === 0) needs('data');
  entries.forEach(({ objectName, key }, index) => {
    const at = path.child('data').index(index);
    if (text(key) === '') needs('key', at);
    else checkKey(text(key), at.child('key'), out);
    if (text(objectName) === '') needs('objectName', at);
    else if (files !== undefined && !files.has(text(objectName))) reportUnfetched(text(objectName), at.child('objectName'), files, out);
  });
  const keys = new Set(entries.map(({ key }) => text(key)));
  if (entries.length > 0) checkKeysOfType(type, keys, path.child('type'), out, 'add it to data');
  const others = type === TLS ? [...keys].filter(key => key !== 'tls.crt' && key !== 'tls.key' && key !== '') : [];
  if (others.length > 0) out.fails('InvalidProviderClass', path.child('data'), `a Secret of the type ${quote(TLS)} is only made with tls.crt and tls.key, not with ${others.map(quote).join(', ')}`, 'leave the others out');
}

/** An object that nothing fetches. */
export function reportUnfetched(name: string, path: FieldPath, files: ReadonlySet<string>, out: FindingsOfObject): void {
  out.fails('UnfetchedObject', path, `the parameters fetch no ${quote(name)}: the Secret is not made`, didYouMeanAmong(name, files, 'objects'));
}
