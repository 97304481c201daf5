import type { Manifest } from './manifest';
import { entryOf, keysOf, type StringMap } from './string-map';
import { text } from './untyped';

/** What pods there are, by their labels. */
export class WorkloadLabels {
  /** By one label and its value. */
  readonly #pods = new Map<string, { readonly labels: StringMap | undefined; readonly namespace: string }[]>();
  readonly #answers = new Map<string, string | undefined>();

  constructor(manifests: readonly Manifest[]) {
    for (const { pods, namespace } of manifests) {
      for (const { metadata: { labels } } of pods) {
        for (const name of keysOf(labels)) {
          const label = labelText(name, entryOf(labels, name) ?? '');
          const same = this.#pods.get(label);
          if (same === undefined) this.#pods.set(label, [{ labels, namespace }]);
          else same.push({ labels, namespace });
        }
      }
    }
  }

  /** The namespace of the pods that have these labels; undefined where there are none, or in several namespaces. */
  public namespaceOf(selector: Record<string, unknown>): string | undefined {
    const asked = JSON.stringify(selector);
    if (!this.#answers.has(asked)) this.#answers.set(asked, this.#find(selector));
    return this.#answers.get(asked);
  }

  #find(selector: Record<string, unknown>): string | undefined {
    const [first, ...others] = Object.entries(selector).map(([name, value]) => [name, text(value)] as const);
    if (first === undefined) return undefined;
    const pods = (this.#pods.get(labelText(...first)) ?? []).filter(({ labels }) => others.every(([name, value]) => entryOf(labels, name) === value));
    const namespaces = new Set(pods.map(({ namespace }) => namespace));
    return namespaces.size === 1 ? [...namespaces][0] : undefined;
  }
}

function labelText(name: string, value: string): string {
  return `${name}=${value}`;
}
