import type { StackModel, StackService } from './stack-model';
import { secretFileSize } from './stack-secret';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { mountPath } from '../kubernetes/paths';
import { MAX_SWARM_SECRET_SIZE, swarmName } from '../kubernetes/portable-name';

/** The keys of services and secrets in a stack file. */
const KEY = /^[a-zA-Z0-9._-]+$/;
const ID = /^[0-9]+$/;
const CONSTRAINT = /^(?:node|engine)\.[^\s=!]+\s*(?:==|!=)\s*\S+(?: \S+)*$/;

/**
 * What Docker would refuse of a stack, and what it would only refuse, or silently do otherwise, once it is deployed.
 *
 * @see https://docs.docker.com/reference/compose-file/
 */
export function stackProblems(model: StackModel): Problem[] {
  return [
    ...duplicates(model.services.map(({ name }) => name)).map(name => problem(`two services are called ${JSON.stringify(name)}`, 'give one another name')),
    ...model.services.flatMap(service => serviceProblems(service, model)),
    ...[...model.secrets].flatMap(([name, { file }]) => secretNameProblems(name).concat(file === undefined ? [] : fileProblems(name, file))),
  ];
}

/** @throws SecretsError InvalidSwarmStack with all that is wrong */
export function checkStack(model: StackModel): void {
  const problems = stackProblems(model);
  if (problems.length === 0) return;
  const [first, ...others] = problems;
  throw new SecretsError(others.length === 0 ? first : {
    code: first.code,
    message: `${problems.length} problems\n${problems.map(formatProblem).join('\n')}`,
    next: 'correct them all',
  });
}

function serviceProblems(service: StackService, model: StackModel): Problem[] {
  const where = `service ${JSON.stringify(service.name)}`;
  return [
    ...KEY.test(service.name) ? [] : [problem(`${where} has a name that is no key of a stack file`, "use letters, digits, '.', '_' and '-'")],
    ...service.image === '' ? [problem(`${where} has no image`, 'give it one')] : [],
    ...service.secrets.filter(({ source }) => !model.secrets.has(source))
      .map(({ source }) => problem(`${where} uses the secret ${JSON.stringify(source)}, which the file does not declare`, 'declare it under secrets')),
    ...duplicates(service.secrets.map(({ target }) => target))
      .map(target => problem(`${where} has two secrets at ${JSON.stringify(target)}`, 'give one of the keys another name')),
    ...service.secrets.flatMap(secret => mountPath(secret.target).map(reason => problem(`${where}: the target ${JSON.stringify(secret.target)} ${reason}`, 'give an absolute path'))),
    ...service.secrets.flatMap(({ uid, gid }) => [uid, gid]).filter(id => !ID.test(id))
      .map(id => problem(`${where}: ${JSON.stringify(id)} is no numeric user or group`, "give a number as a text, like '12000'")),
    ...service.constraints.filter(constraint => !CONSTRAINT.test(constraint))
      .map(constraint => problem(`${where}: ${JSON.stringify(constraint)} is no placement constraint`, "write it like 'node.labels.disk == ssd'")),
    ...Number.isInteger(service.replicas) && service.replicas >= 0 ? [] : [problem(`${where} has no whole number of replicas`, 'give one')],
  ];
}

function secretNameProblems(name: string): Problem[] {
  return swarmName(name).map(reason => problem(`${JSON.stringify(name)} can be no secret of Docker Swarm: ${reason}`, 'give the key another name'));
}

/** A stack file may name a file that is missing, and Docker tells only when it is deployed. */
function fileProblems(name: string, file: string): Problem[] {
  const size = secretFileSize(file);
  return size > 0 && size <= MAX_SWARM_SECRET_SIZE ? [] : [
    problem(`the file of the secret ${JSON.stringify(name)} has ${size} bytes; Docker Swarm takes 1 to ${MAX_SWARM_SECRET_SIZE}`, 'give another file'),
  ];
}

function duplicates(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const text of texts) (seen.has(text) ? twice : seen).add(text);
  return [...twice];
}

function problem(message: string, next: string): Problem {
  return { code: 'InvalidSwarmStack', message, next };
}
