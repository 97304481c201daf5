import { goField } from '../../value/go-template-text';
import type { OneEntry } from '../one-entry';
import type { RemoteKeys } from '../remote-keys';

/** What the keys of a secret are made of: fields, and templates of them. */
export type TemplatedKeys = Pick<OneEntry, 'fields' | 'parts'> & Pick<RemoteKeys, 'templates' | 'composed'>;

/**
 * The Go templates of the Vault Secrets Operator that make the keys of a secret.
 *
 * A field that the entry lacks stops the operator, which then says so; `get` alone would make an empty value of it. What is no text is written as
 * JSON, as the operator writes fields that no template takes.
 */
export function vaultTemplates({ fields, templates, composed, parts }: TemplatedKeys): Record<string, { readonly text: string }> {
  const made = new Map<string, string>();
  for (const [key, field] of fields) made.set(key, `${required(field)}${read(field)}`);
  for (const [key, template] of templates) made.set(key, composed.has(key) ? composedOf(template, new Map([...fields, ...parts])) : template);
  return Object.fromEntries([...made.keys()].sort().map(key => [key, { text: made.get(key)! }]));
}

/** A template in which names are values, as a template of the operator, in which fields of the entry are. */
function composedOf(template: string, fields: ReadonlyMap<string, string>): string {
  const used = [...fields].filter(([name]) => template.includes(goField(name)));
  if (used.length === 0) return template;
  const needed = [...new Set(used.map(([, field]) => field))].map(required).join('');
  return `${needed}{{ with dict ${used.map(([name, field]) => `${quote(name)} (get .Secrets ${quote(field)})`).join(' ')} }}${template}{{ end }}`;
}

function required(field: string): string {
  return `{{ if not (hasKey .Secrets ${quote(field)}) }}{{ fail ${quote(`Vault has no field ${quote(field)} there`)} }}{{ end }}`;
}

function read(field: string): string {
  return `{{ $value := get .Secrets ${quote(field)} }}{{ if kindIs "string" $value }}{{ $value }}{{ else }}{{ toJson $value }}{{ end }}`;
}

/** A text as Go and JSON write it. */
function quote(text: string): string {
  return JSON.stringify(text);
}
