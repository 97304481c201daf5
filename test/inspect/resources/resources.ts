/** An ExternalSecret `db` that fetches `password`, with changes. */
export function externalSecret(spec: any = {}, metadata: any = {}): any {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', ...metadata },
    spec: { secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' }, data: [fetched('password')], ...spec },
  };
}

/** An entry of `data`. */
export function fetched(secretKey: string, more: any = {}): any {
  return { secretKey, remoteRef: { key: 'db', property: secretKey }, ...more };
}

/** A store of a kind. */
export function store(name: string, kind = 'ClusterSecretStore', metadata: any = {}): any {
  return { apiVersion: 'external-secrets.io/v1', kind, metadata: { name, ...metadata }, spec: { provider: { fake: { data: [] } } } };
}

/** A generator of a kind. */
export function generator(kind: string, name: string, spec: any = {}): any {
  return { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, metadata: { name }, spec };
}

/** An entry of `dataFrom` that asks a generator. */
export function generated(kind: string, name: string): any {
  return { sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name } } };
}

/** What an ExternalSecret makes of a template. */
export function templated(data: any, more: any = {}): any {
  return { target: { template: { data, ...more } } };
}
