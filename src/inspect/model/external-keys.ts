import type { CustomResources } from './custom-resources';
import { generatedKeys, generatorReference, generatorSettings } from './generators';
import { list, record, text } from './untyped';

/** Keys that something makes. */
export interface MadeKeys {
  readonly keys: ReadonlySet<string>;
  /** Whether there may be others. */
  readonly open: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The keys that an ExternalSecret fetches, by its spec: what its templates are given. */
export function fetchedKeys(spec: Fields, namespace: string, resources: CustomResources): MadeKeys {
  const keys = new Set(list(spec.data).map(entry => text(record(entry).secretKey)));
  let open = false;
  for (const source of list(spec.dataFrom).map(record)) {
    const reference = generatorReference(record(source.sourceRef).generatorRef);
    const generated = reference === undefined || list(source.rewrite).length > 0 ? undefined
      : generatedKeys(generatorSettings(reference, namespace, resources));
    if (generated === undefined) open = true;
    else for (const key of generated) keys.add(key);
  }
  return { keys, open };
}

/** The keys of the Secret that an ExternalSecret makes. */
export function targetKeys(spec: Fields, namespace: string, resources: CustomResources): MadeKeys {
  const fetched = fetchedKeys(spec, namespace, resources);
  const target = record(spec.target);
  const template = record(target.template);
  const made = templatedKeys(template);
  const isTemplated = Object.keys(record(template.data)).length + list(template.templateFrom).length > 0;
  const keepsFetched = !isTemplated || template.mergePolicy === 'Merge';
  const addsTo = target.creationPolicy === 'Merge' || target.creationPolicy === 'CreateOrMerge';
  return {
    keys: new Set([...keepsFetched ? fetched.keys : [], ...made.keys]),
    open: addsTo || made.open || (keepsFetched && fetched.open),
  };
}

/** The keys that a template makes: `data`, and what `templateFrom` takes key by key. */
function templatedKeys(template: Fields): MadeKeys {
  const keys = new Set(Object.keys(record(template.data)));
  let open = false;
  for (const from of list(template.templateFrom).map(record)) {
    if (!['', 'data'].includes(text(from.target).toLowerCase())) continue;
    const items = [from.configMap, from.secret].flatMap(source => list(record(source).items)).map(record);
    if (items.length === 0 || text(from.literal) !== '') open = true;
    for (const { key, templateAs } of items) {
      if (templateAs === 'KeysAndValues') open = true;
      else keys.add(text(key));
    }
  }
  return { keys, open };
}
