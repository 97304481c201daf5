import type { IConstruct } from 'constructs';
import { ContainerSelector, selectorVariant, type SelectorVariant } from './container-selector';
import { SecretsError } from '../errors/secrets-error';
import { envName } from '../kubernetes/env-names';
import { cleanPath, mountPath } from '../kubernetes/paths';

/** The containers that a binding changes: those of the app where nothing else is said. */
export function selectorOf({ containers }: { readonly containers?: ContainerSelector }): SelectorVariant {
  return selectorVariant(containers ?? ContainerSelector.appContainers());
}

/** Refuses what can be no name of a variable. */
export function checkEnvName(name: string, what: string, at: IConstruct): void {
  const wrong = typeof name === 'string' ? envName(name) : ['must be a text'];
  if (wrong.length > 0) {
    throw new SecretsError({
      code: 'InvalidEnvName',
      message: `${JSON.stringify(name)} can not be ${what}: ${wrong.join(', ')}`,
      next: "use letters, digits, '_', '-' and '.', not starting with a digit; a prefix can help",
    }, at.node.path);
  }
}

/** Refuses a ConfigMap where a secret is bound: the Secret of its name would be, with all that the ConfigMap leaves out. */
export function checkIsSecret(secret: { readonly kind?: string; readonly node: IConstruct['node'] }): void {
  if (secret?.kind !== 'ConfigMap') return;
  throw new SecretsError({
    code: 'InvalidValue',
    message: 'what is bound as a secret is a ConfigMap',
    next: 'bind it with ConfigMapBinding, where it is a SecretConfigMap, or as cdk8s-plus does: Env.fromConfigMap, Volume.fromConfigMap',
  }, secret.node.path);
}

/** Refuses what can be no path to mount at. */
export function checkMountPath(path: string, at: IConstruct): void {
  const wrong = typeof path === 'string' ? mountPath(path) : ['must be a text'];
  if (wrong.length > 0) {
    throw new SecretsError({
      code: 'InvalidMountPath',
      message: `${JSON.stringify(path)} can be no mount path: ${wrong.join(', ')}`,
      next: nextPath(path),
    }, at.node.path);
  }
}

/** What was probably meant, if that is a path to mount at. */
function nextPath(path: unknown): string {
  const meant = typeof path === 'string' ? cleanPath(path.split(':')[0]) : '';
  return mountPath(meant).length === 0 ? `use ${JSON.stringify(meant)}` : "give the absolute path of a folder or file, like '/etc/foo'";
}
