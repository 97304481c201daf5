import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const RBAC = 'rbac.authorization.k8s.io';
const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update'];

/** What kubectl asks a cluster before a dry run: which kinds there are. */
const DISCOVERY: Readonly<Record<string, object>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [{ name: RBAC, versions: [{ groupVersion: `${RBAC}/v1`, version: 'v1' }], preferredVersion: { groupVersion: `${RBAC}/v1`, version: 'v1' } }],
  },
  '/api/v1': resourceList('v1', ['Secret']),
  [`/apis/${RBAC}/v1`]: resourceList(`${RBAC}/v1`, ['Role', 'RoleBinding']),
};

function resourceList(groupVersion: string, kinds: readonly string[]): object {
  const resources = kinds.map(kind => ({ name: `${kind.toLowerCase()}s`, singularName: kind.toLowerCase(), namespaced: true, kind, verbs: VERBS }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

/** A server that answers kubectl as a cluster with these objects does, as far as a dry run of the client asks one. */
export class ClusterStandIn {
  readonly #server: Server;

  /** @param objects by the paths at which the API has them */
  constructor(objects: Readonly<Record<string, object>> = {}) {
    this.#server = createServer((request, response) => {
      const path = request.url!.split('?')[0];
      const found = request.method === 'GET' ? DISCOVERY[path] ?? objects[path] : undefined;
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(found ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 }));
    });
  }

  public open(): Promise<void> {
    return new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  public close(): void {
    this.#server.close();
  }

  public get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}
