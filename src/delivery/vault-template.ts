import type { OneEntry } from './one-entry';

/**
 * The Go templates of the Vault Secrets Operator that make the keys of a secret.
 *
 * A field that the entry lacks stops the operator, which then says so; `get` alone would make an empty value of it. What is no text is written as
 * JSON, as the operator writes fields that no template takes.
 */
export function vaultTemplates({ fields, templates, parts }: Pick<OneEntry, 'fields' | 'templates' | 'parts'>): Record<string, { readonly text: string }> {
  const made = new Map<string, string>();
  for (const [key, field] of fields) made.set(key, `${required(field)}${read(field)}`);
  const entries = [...parts].map(([name, field]) => `${quote(name)} (get .Secrets ${quote(field)})`);
  const needed = [...new Set(parts.values())].map(required).join('');
  for (const [key, template] of templates) made.set(key, parts.size === 0 ? template : `${needed}{{ with dict ${entries.join(' ')} }}${template}{{ end }}`);
  return Object.fromEntries([...made.keys()].sort().map(key => [key, { text: made.get(key)! }]));
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
