import { App, Chart } from 'cdk8s';
import { SECRET_VERBS, secretsScript, SYSTEMS } from '../../../src/cli/scripts/secrets-script';
import { Secret, SecretDelivery, SensitiveValue } from '../../../src/index';
import { loggedSecrets, type LoggedSecret } from '../../../src/secret/declaration-log';
import { SecretRegistry } from '../../../src/secret/secret-registry';

export type Verb = typeof SECRET_VERBS[number];

/** What charts of one app declare, as commands hear of it. */
export function declaredIn(fill: (app: App) => void): LoggedSecret[] {
  const app = new App();
  SecretDelivery.existing().useFor(app);
  fill(app);
  return loggedSecrets(SecretRegistry.of(app).all());
}

/** What a chart declares, as commands hear of it. */
export function declared(fill: (chart: Chart) => void): LoggedSecret[] {
  return declaredIn(app => fill(new Chart(app, 'c', { namespace: 'shop' })));
}

/** One secret of one key, named like it. */
export function single(name: string, value: SensitiveValue): LoggedSecret[] {
  return declared(chart => new Secret(chart, 'S', { metadata: { name }, data: { [name]: value } }));
}

/** The script of `commands VERB --for NAME`; `named` where the secrets were asked for by name. */
export function script(verb: Verb, name: string, secrets: readonly LoggedSecret[], named = false, all = secrets): string {
  return secretsScript(verb, SYSTEMS.find(system => system.name === name)!, { secrets, declared: all, named });
}

export const BINARY = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
export const HARD = 'a $HOME `id` "q" \'s\' \\n %s *\nsecond line\ttab é \u{1f511} ';
