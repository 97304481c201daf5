import { checkKeySelectors } from './key-selectors';
import type { ResourceRules } from './rules-of-resource';
import { FieldPath } from '../field-path';
import { keySelectors } from '../model/key-selectors';
import { quote } from '../quote';

const PROVIDER = FieldPath.ROOT.child('spec').child('provider');

/** A SecretStore may only take its credentials from its own namespace. */
export const SECRET_STORE_RULES: ResourceRules = {
  check: (manifest, spec, cluster) => {
    const { namespace, findings: out } = manifest;
    const selectors = keySelectors(spec.provider, PROVIDER);
    for (const { namespace: named, path } of selectors) {
      if (namespace === '' || named === '' || named === namespace) continue;
      out.fails('InvalidSecretStore', path.child('namespace'), `a SecretStore in ${quote(namespace)} may not read a Secret in ${quote(named)}`, 'leave the namespace out, or use a ClusterSecretStore');
    }
    checkKeySelectors(selectors, manifest, cluster);
  },
};

/** A ClusterSecretStore reads what it names no namespace of in that of whoever uses it. */
export const CLUSTER_SECRET_STORE_RULES: ResourceRules = {
  check: (manifest, spec, cluster) => checkKeySelectors(keySelectors(spec.provider, PROVIDER).filter(({ namespace }) => namespace !== ''), manifest, cluster),
};
