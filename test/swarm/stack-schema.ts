import { parse } from 'yaml';

/**
 * The part of Docker's schema of stack files that this library writes, with Docker's sentences: it stands in for
 * `docker stack config` where the docker command is missing. Whether it says the same is tested on what Docker said.
 */
type Check = (value: unknown, path: string) => string[];

const must = (what: string, holds: (value: unknown) => boolean): Check => (value, path) => holds(value) ? [] : [`${path} must be ${what}`];
const text = must('a string', value => typeof value === 'string');
const number = must('a number', value => typeof value === 'number');
const flag = must('a boolean', value => typeof value === 'boolean');
const integer = must('a integer', value => Number.isInteger(value));

const list = (item: Check): Check => (value, path) => Array.isArray(value)
  ? value.flatMap((entry, index) => item(entry, `${path}.${index}`)) : [`${path} must be a list`];

const either = (...checks: Check[]): Check => (value, path) => (
  checks.some(check => check(value, path).length === 0) ? [] : checks.at(-1)!(value, path)
);

const object = (fields: Record<string, Check>, others?: [pattern: RegExp, check: Check]): Check => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} must be a mapping`];
  return Object.entries(value).flatMap(([key, entry]) => {
    const check = Object.hasOwn(fields, key) ? fields[key] : others?.[0].test(key) ? others[1] : undefined;
    return check === undefined ? [`${path} Additional property ${key} is not allowed`.trimStart()] : check(entry, path === '' ? key : `${path}.${key}`);
  });
};

const NAME = /^[a-zA-Z0-9._-]+$/;
const texts = object({}, [/./, either(text, number, flag)]);
const resource = object({ memory: text, cpus: text });

const deploy = object({
  mode: text,
  replicas: integer,
  labels: texts,
  update_config: object({ parallelism: integer, order: text, failure_action: text, delay: text }),
  restart_policy: object({ condition: text, delay: text, max_attempts: integer }),
  placement: object({ constraints: list(text) }),
  resources: object({ limits: resource, reservations: resource }),
});

const secretReference = object({ source: text, target: text, uid: text, gid: text, mode: number });

const container = {
  image: text,
  read_only: flag,
  tmpfs: either(text, list(text)),
  environment: either(list(text), texts),
  labels: texts,
  networks: list(text),
  ports: list(either(text, number)),
  deploy,
};

function schema(version: string): Check {
  const minor = Number(/^3\.(\d+)$/.exec(version)?.[1] ?? 13);
  const service = object(minor >= 1 ? { ...container, secrets: list(either(text, secretReference)) } : container);
  const secret = object({ file: text, external: either(flag, object({ name: text })), ...minor >= 5 ? { name: text } : {} });
  const network = object({ external: flag, ...minor >= 5 ? { name: text } : {} });
  return object({
    version: text,
    services: object({}, [NAME, service]),
    ...minor >= 1 ? { secrets: object({}, [NAME, secret]) } : {},
    networks: object({}, [NAME, network]),
  });
}

/** What `docker stack config` says against a file, or nothing; Docker itself stops at one of them. */
export function stackConfigProblems(file: string): string[] {
  const document = parse(file, { prettyErrors: false }) as Record<string, any>;
  const problems = schema(String(document.version ?? '3.13'))({ ...document, version: String(document.version ?? '3.13') }, '');
  for (const [name, secret] of Object.entries<any>(document.secrets ?? {})) {
    if (typeof secret.external === 'object' && secret.external.name !== undefined && secret.name !== undefined) {
      problems.push(`secret ${name}: secret.external.name and secret.name conflict; only use secret.name`);
    }
  }
  return problems;
}
