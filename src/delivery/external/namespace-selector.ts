import { SecretsError } from '../../errors/secrets-error';
import { variantOf } from '../../errors/sum-type';
import { dns1123Label } from '../../kubernetes/names';

/** Which namespaces are meant. */
export interface NamespaceSelectorVariant {
  /** What a manifest holds: label selectors of which one must match. */
  readonly selectors: readonly object[];
  /** Whether a namespace may be among them. */
  mayBe(namespace: string): boolean;
}

/**
 * The namespaces of a cluster that something is for. Those that are made later are among them where they match.
 */
export class NamespaceSelector {
  /**
   * Every namespace.
   */
  public static all(): NamespaceSelector {
    return new NamespaceSelector(byLabels({}));
  }

  /**
   * Those of these names.
   *
   * @param names names of namespaces
   * @throws InvalidNamespace
   */
  public static named(...names: string[]): NamespaceSelector {
    const wrong = names.find(name => typeof name !== 'string' || dns1123Label(name).length > 0);
    if (names.length === 0 || wrong !== undefined) {
      throw new SecretsError({
        code: 'InvalidNamespace',
        message: names.length === 0 ? 'no namespace is named' : `${JSON.stringify(wrong)} can be no name of a namespace`,
        next: 'name at least one, in lower-case letters, digits and -',
      });
    }
    const values = [...names];
    const selector = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] };
    return new NamespaceSelector({ selectors: [selector], mayBe: namespace => values.includes(namespace) });
  }

  /**
   * Those that have all of these labels.
   *
   * @param labels labels of namespaces
   * @throws InvalidLabel for none, which would be every namespace
   */
  public static labeled(labels: { [key: string]: string }): NamespaceSelector {
    if (typeof labels !== 'object' || labels === null || Object.keys(labels).length === 0) {
      throw new SecretsError({ code: 'InvalidLabel', message: 'no label is named', next: 'name one, or use NamespaceSelector.all()' });
    }
    return new NamespaceSelector(byLabels({ matchLabels: { ...labels } }));
  }

  /**
   * Those that one of several selectors selects.
   *
   * @param selectors the selectors
   * @throws InvalidNamespace for none
   */
  public static any(...selectors: NamespaceSelector[]): NamespaceSelector {
    if (selectors.length === 0) throw new SecretsError(NONE);
    const variants = selectors.map(namespaceSelector);
    return new NamespaceSelector({
      selectors: variants.flatMap(({ selectors: own }) => own),
      mayBe: namespace => variants.some(variant => variant.mayBe(namespace)),
    });
  }

  /** @internal */
  public readonly _variant: NamespaceSelectorVariant;

  private constructor(variant: NamespaceSelectorVariant) {
    this._variant = variant;
  }
}

const NONE = { code: 'InvalidNamespace', message: 'the selector of namespaces is none', next: 'use NamespaceSelector.all, .named, .labeled or .any' } as const;

/** Which labels a namespace has is only known in the cluster. */
function byLabels(selector: object): NamespaceSelectorVariant {
  return { selectors: [selector], mayBe: () => true };
}

/** What is in a NamespaceSelector. */
export function namespaceSelector(selector: NamespaceSelector): NamespaceSelectorVariant {
  return variantOf(selector, NONE);
}
