import type { StackSecret } from './stack-secret';

/** A secret as one service sees it. */
export interface ServiceSecret {
  readonly source: string;
  /** The absolute path of the file. */
  readonly target: string;
  readonly uid: string;
  readonly gid: string;
  readonly mode: number;
}

/** Memory and CPU in Docker's units. */
export interface ServiceResources {
  readonly memory?: string;
  readonly cpus?: string;
}

/** One service of a stack: a function. */
export interface StackService {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly secrets: readonly ServiceSecret[];
  readonly readOnly: boolean;
  readonly constraints: readonly string[];
  readonly replicas: number;
  readonly limits: ServiceResources;
  readonly reservations: ServiceResources;
  /** The port of the machine on which a Compose file serves it. */
  readonly port: number;
  /** The path of the construct that it was made from, for messages. */
  readonly constructPath?: string;
}

/** A stack, or what a Compose file runs. */
export interface StackModel {
  readonly services: readonly StackService[];
  readonly secrets: ReadonlyMap<string, StackSecret>;
  /** The name of the network that OpenFaaS shares with its functions, which exists already. */
  readonly network: string;
}

/** The key of the network in the stack file. */
const NETWORK = 'functions';
const FUNCTION_PORT = 8080;

/** The content of a file for `docker stack deploy`. */
export function stackDocument(model: StackModel): object {
  return escaped({
    version: '3.8',
    services: Object.fromEntries(model.services.map(service => [service.name, stackService(service)])),
    ...secretsOf(model),
    networks: { [NETWORK]: { external: true, name: model.network } },
  });
}

/** The content of a file for `docker compose up`: the same containers on one machine. */
export function composeDocument(model: StackModel): object {
  return escaped({
    services: Object.fromEntries(model.services.map(service => [service.name, composeService(service)])),
    ...secretsOf(model),
  });
}

function stackService(service: StackService): object {
  return {
    ...container(service),
    networks: [NETWORK],
    deploy: {
      mode: 'replicated',
      replicas: service.replicas,
      labels: service.labels,
      update_config: { parallelism: 1, order: 'start-first', failure_action: 'rollback' },
      restart_policy: { condition: 'any', delay: '5s', max_attempts: 5 },
      placement: { constraints: [...service.constraints] },
      ...resourcesOf(service),
    },
  };
}

function composeService(service: StackService): object {
  const resources = resourcesOf(service);
  return {
    ...container(service),
    ports: [`127.0.0.1:${service.port}:${FUNCTION_PORT}`],
    ...Object.keys(resources).length > 0 ? { deploy: resources } : {},
  };
}

function container(service: StackService): object {
  return {
    image: service.image,
    ...service.readOnly ? { read_only: true, tmpfs: ['/tmp'] } : {},
    ...Object.keys(service.environment).length > 0 ? { environment: service.environment } : {},
    labels: service.labels,
    ...service.secrets.length > 0 ? { secrets: service.secrets.map(secret => ({ ...secret })) } : {},
  };
}

function resourcesOf({ limits, reservations }: StackService): { resources?: object } {
  const resources = {
    ...Object.keys(limits).length > 0 ? { limits } : {},
    ...Object.keys(reservations).length > 0 ? { reservations } : {},
  };
  return Object.keys(resources).length > 0 ? { resources } : {};
}

function secretsOf({ secrets }: StackModel): { secrets?: object } {
  return secrets.size === 0 ? {} : { secrets: Object.fromEntries([...secrets].map(([name, secret]) => [name, secret.entry])) };
}

/** Every value with its dollars doubled: Docker replaces `$NAME` and `${NAME}` everywhere but in keys. */
function escaped<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$') as T;
  if (Array.isArray(value)) return value.map(escaped) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escaped(item)])) as T;
}
