import { appendFileSync } from 'node:fs';
import type { DeclaredSecret } from './declared-secret';
import type { ValueOrigin } from '../value/value-source';

/** The variable with which a command asks an app for what it declares: the path of a file to append to. */
export const DECLARATION_LOG = 'CDK8S_SECRETS_DECLARATIONS';

/** One secret that somebody else makes, as a line of the log holds it: no values, only where each might be. */
export interface LoggedSecret {
  readonly name: string;
  readonly namespace?: string;
  readonly type: string;
  readonly keys: { readonly key: string; readonly origin?: ValueOrigin }[];
}

/** Writes down the secrets that have no object, where a command asked for it. */
export function logDeclarations(secrets: Iterable<DeclaredSecret>): void {
  const path = process.env[DECLARATION_LOG];
  if (path === undefined || path === '') return;
  for (const secret of secrets) {
    if (secret._hasObject) continue;
    const logged: LoggedSecret = {
      name: secret.name,
      namespace: secret.namespace,
      type: secret.secretType!,
      keys: secret.keyNames!.map(key => ({ key, origin: secret._origin(key) })),
    };
    appendFileSync(path, `${JSON.stringify(logged)}\n`);
  }
}
