import { type FunctionSpec, secretsVolumeName } from './function-spec';
import type { Problem } from '../errors/problem';
import { envName } from '../kubernetes/env-names';
import { dns1035Label, MAX_LABEL_LENGTH } from '../kubernetes/names';
import { portableName } from '../kubernetes/portable-name';
import { resourceQuantity } from '../kubernetes/quantity';
import { labelProblem } from '../secret/metadata-rules';
import type { ISecret } from '../secret/secret-reference';

/** What the API server, or OpenFaaS, has against a function. */
export function functionProblems(spec: FunctionSpec): Problem[] {
  const rules = [nameProblem, imageProblem, labelProblem, environmentProblem, quantityProblem];
  return rules.map(rule => rule(spec)).filter(problem => problem !== undefined);
}

function imageProblem({ image }: FunctionSpec): Problem | undefined {
  return typeof image === 'string' && image.trim() !== '' ? undefined : {
    code: 'InvalidFunctionImage',
    message: 'a function needs an image',
    next: "name it, like 'functions/api-key-protected:latest'",
  };
}

function environmentProblem({ environment }: FunctionSpec): Problem | undefined {
  const name = Object.keys(environment).find(variable => envName(variable).length > 0);
  return name === undefined ? undefined : {
    code: 'InvalidEnvName',
    message: `${JSON.stringify(name)} can be no environment variable: ${envName(name).join(', ')}`,
    next: "use letters, digits, '_', '-' and '.', not starting with a digit",
  };
}

function quantityProblem({ limits, requests }: FunctionSpec): Problem | undefined {
  for (const [what, { memory = '', cpu = '' }] of Object.entries({ limits: limits ?? {}, requests: requests ?? {} })) {
    for (const [resource, amount] of Object.entries({ memory, cpu })) {
      const wrong = amount === '' ? [] : resourceQuantity(amount);
      if (wrong.length > 0) return { code: 'InvalidQuantity', message: `${what}.${resource} ${wrong.join(', ')}`, next: 'correct the amount' };
    }
  }
  return undefined;
}

function nameProblem({ name, secrets }: FunctionSpec): Problem | undefined {
  const longest = secrets.length > 0 ? MAX_LABEL_LENGTH - secretsVolumeName('').length : MAX_LABEL_LENGTH;
  const wrong = typeof name === 'string' ? dns1035Label(name) : ['must be a text'];
  if (wrong.length === 0 && name.length > longest) {
    wrong.push(`must be no more than ${longest} characters, so that its volume ${secretsVolumeName('NAME')} has at most ${MAX_LABEL_LENGTH}`);
  }
  return wrong.length === 0 ? undefined : {
    code: 'InvalidFunctionName',
    message: `${JSON.stringify(name)} can be no name of a function: ${wrong.join(', ')}`,
    next: `use lower-case letters, digits and '-', starting with a letter, at most ${longest}`,
  };
}

/** What keeps a function with this secret from running on Docker Swarm too. */
export function portabilityProblem(secret: ISecret): Problem | undefined {
  const [reason] = portableName(secret.name);
  const others = (secret.keyNames ?? []).filter(key => key !== secret.name);
  if (reason === undefined && others.length === 0) return undefined;
  return {
    code: 'NotPortable',
    message: reason === undefined
      ? `secret ${JSON.stringify(secret.name)} has the key ${JSON.stringify(others[0])}; a secret of Docker Swarm is one value, the file of its name`
      : `secret ${JSON.stringify(secret.name)} has a name that is not valid everywhere: ${reason}`,
    next: "give each secret one key, named like it, of lower-case letters, digits, '-' and '.', at most 64",
  };
}
