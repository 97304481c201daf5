import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SwarmObject {
  readonly ID: string;
  readonly Version: { Index: number };
  readonly Spec: any;
}

/** An engine that answers docker as the manager of a swarm does, as far as secrets and services are asked for. */
export class SwarmStandIn {
  public readonly secrets: SwarmObject[] = [];
  public readonly services: SwarmObject[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const [status, body] = this.#answer(request, Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/json', 'api-version': '1.41', 'ostype': 'linux' }).end(body === undefined ? '' : JSON.stringify(body));
      });
    });
  }

  public open(): Promise<void> {
    return new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  public close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  public get address(): string {
    return `tcp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A service that has secrets of the swarm. */
  public addService(name: string, secrets: readonly object[]): void {
    const Spec = {
      Name: name,
      TaskTemplate: { ContainerSpec: { Image: 'x', Secrets: secrets } },
      Mode: { Replicated: { Replicas: 0 } },
      // For how many nanoseconds docker watches whether tasks stay.
      UpdateConfig: { Monitor: 1 },
    };
    this.services.push({ ID: `service-${name}`, Version: { Index: 1 }, Spec });
  }

  /** What secrets there are, with their values and labels. */
  public get held(): Record<string, { value: string; labels?: object }> {
    return Object.fromEntries(this.secrets.map(({ Spec: { Name, Data, Labels } }) => [Name, { value: Buffer.from(Data, 'base64').toString('latin1'), labels: Labels }]));
  }

  #answer({ method, url = '' }: IncomingMessage, body: string): [number, unknown?] {
    const { pathname, searchParams } = new URL(url, 'http://engine');
    const path = pathname.replace(/^\/v[0-9.]+/, '');
    const filters = JSON.parse(searchParams.get('filters') ?? '{}');
    const wanted = (kind: 'name' | 'id') => filters[kind] === undefined ? undefined : Array.isArray(filters[kind]) ? filters[kind] : Object.keys(filters[kind]);
    const matching = (objects: readonly SwarmObject[]) => objects.filter(({ ID, Spec: { Name } }) =>
      (wanted('name') ?? [Name]).some((prefix: string) => Name.startsWith(prefix)) && (wanted('id') ?? [ID]).some((prefix: string) => ID.startsWith(prefix)));
    const [, kind, id, action] = path.split('/');
    const one = (objects: readonly SwarmObject[]) => objects.find(({ ID, Spec: { Name } }) => id === ID || id === Name);
    switch (`${method} ${kind}${action === undefined ? '' : ` ${action}`}`) {
      case 'HEAD _ping':
      case 'GET _ping': return [200, 'OK'];
      case 'GET info': return [200, { Swarm: { LocalNodeState: 'active', ControlAvailable: true } }];
      case 'GET nodes':
      case 'GET tasks': return [200, []];
      case 'GET secrets': return id === undefined ? [200, matching(this.secrets)] : found(one(this.secrets));
      case 'POST secrets': {
        const spec = JSON.parse(body);
        if (this.held[spec.Name] !== undefined) return [409, { message: `secret ${spec.Name} already exists` }];
        this.secrets.push({ ID: `secret-${spec.Name}`, Version: { Index: 1 }, Spec: spec });
        return [201, { ID: `secret-${spec.Name}` }];
      }
      case 'DELETE secrets': {
        const secret = one(this.secrets);
        if (secret === undefined) return [404, { message: 'there is no such secret' }];
        this.secrets.splice(this.secrets.indexOf(secret), 1);
        return [204];
      }
      case 'GET services': return id === undefined ? [200, matching(this.services)] : found(one(this.services));
      case 'POST services update': {
        const service = one(this.services)!;
        const updated = { ...service, Version: { Index: service.Version.Index + 1 }, Spec: JSON.parse(body) };
        this.services.splice(this.services.indexOf(service), 1, updated);
        return [200, {}];
      }
      default: return [404, { message: `${method} ${path} is not known here` }];
    }
  }
}

function found(object: SwarmObject | undefined): [number, unknown] {
  return object === undefined ? [404, { message: 'there is no such object' }] : [200, object];
}
