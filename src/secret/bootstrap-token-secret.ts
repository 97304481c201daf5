import type { Construct } from 'constructs';
import { childPath } from './construct-path';
import { DeclaredSecret } from './declared-secret';
import type { CommonSecretProps } from './secret';
import type { SecretKey } from './secret-reference';
import type { Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import {
  bootstrapGroup, BOOTSTRAP_TOKEN_NAMESPACE, bootstrapTokenId, bootstrapTokenName, bootstrapTokenSecret,
} from '../kubernetes/bootstrap-token';
import { BOOTSTRAP_TOKEN } from '../kubernetes/secret-types';
import { SensitiveValue } from '../value/sensitive-value';

/**
 * Properties of `BootstrapTokenSecret`.
 */
export interface BootstrapTokenSecretProps extends CommonSecretProps {
  /**
   * The public half of the token: 6 characters of a-z and 0-9. It is no secret; the object's name shows it.
   */
  readonly tokenId: string;

  /**
   * The secret half of the token: 16 characters of a-z and 0-9.
   */
  readonly tokenSecret: SensitiveValue;

  /**
   * What the token is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * When the token ends; the cluster then deletes the Secret.
   *
   * @default - never
   */
  readonly expiration?: Date;

  /**
   * Whether the token logs in to the API server.
   *
   * @default true
   */
  readonly usageAuthentication?: boolean;

  /**
   * Whether the token signs the ConfigMap `cluster-info`.
   *
   * @default true
   */
  readonly usageSigning?: boolean;

  /**
   * Groups that who logs in with the token is in, each below `system:bootstrappers:`.
   *
   * @default - only system:bootstrappers
   */
  readonly authExtraGroups?: string[];
}

/**
 * A token with which a node joins a cluster: a Secret of type `bootstrap.kubernetes.io/token`, named
 * `bootstrap-token-ID`, in the namespace `kube-system`, where alone a cluster looks for it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/
 */
export class BootstrapTokenSecret extends DeclaredSecret {
  /**
   * The key `token-secret`.
   */
  public readonly tokenSecretKey: SecretKey;

  /**
   * @param scope the construct it belongs to
   * @param id the id of the construct
   * @param props the token
   * @throws InvalidBootstrapToken; when the manifest is made also for a secret half of the wrong form
   */
  constructor(scope: Construct, id: string, props: BootstrapTokenSecretProps) {
    const { metadata, immutable, delivery } = props;
    const problem = tokenProblem(props);
    if (problem !== undefined) throw new SecretsError(problem, childPath(scope, id));
    super(scope, id, {
      immutable,
      delivery,
      metadata: { ...metadata, name: bootstrapTokenName(props.tokenId), namespace: BOOTSTRAP_TOKEN_NAMESPACE },
      type: BOOTSTRAP_TOKEN,
      data: dataOf(props),
      boundToNamespace: `bootstrap tokens are looked for in the namespace ${JSON.stringify(BOOTSTRAP_TOKEN_NAMESPACE)} only`,
    });
    this.tokenSecretKey = this.key('token-secret');
  }
}

function dataOf(props: BootstrapTokenSecretProps): Record<string, SensitiveValue> {
  const { description, expiration, authExtraGroups = [] } = props;
  const literals: Record<string, string | undefined> = {
    'token-id': props.tokenId,
    'usage-bootstrap-authentication': String(props.usageAuthentication ?? true),
    'usage-bootstrap-signing': String(props.usageSigning ?? true),
    description,
    'expiration': expiration?.toISOString().replace(/\.\d+Z$/, 'Z'),
    'auth-extra-groups': authExtraGroups.length > 0 ? authExtraGroups.join(',') : undefined,
  };
  const given = Object.entries(literals).filter(([, text]) => text !== undefined);
  const data = given.map(([key, text]) => [key, SensitiveValue.fromLiteral(text!).asPublic()]);
  return { ...Object.fromEntries(data), 'token-secret': checkedSecret(props.tokenSecret) };
}

/** The secret half, which is checked when it is read. */
function checkedSecret(value: SensitiveValue): SensitiveValue {
  if (!SensitiveValue.isSensitiveValue(value)) return value;
  return SensitiveValue._derived({
    description: value._description,
    generated: value._generated,
    read: context => {
      const bytes = value._read(context);
      const wrong = bootstrapTokenSecret(bytes.toString('latin1'));
      if (wrong.length > 0) throw new SecretsError(invalid(`the secret half of the token ${wrong.join(', ')}`));
      return bytes;
    },
  });
}

function tokenProblem(props: BootstrapTokenSecretProps): Problem | undefined {
  const { tokenId, metadata, expiration, authExtraGroups = [] } = props;
  const wrongId = bootstrapTokenId(tokenId);
  if (wrongId.length > 0) return invalid(`the id ${JSON.stringify(tokenId)} ${wrongId.join(', ')}`);
  if (metadata?.name !== undefined && metadata.name !== bootstrapTokenName(tokenId)) {
    return invalid(`the name ${JSON.stringify(metadata.name)} is not ${JSON.stringify(bootstrapTokenName(tokenId))}, the only one that a cluster looks for`);
  }
  if (metadata?.namespace !== undefined && metadata.namespace !== BOOTSTRAP_TOKEN_NAMESPACE) {
    return invalid(`the namespace ${JSON.stringify(metadata.namespace)} is not ${JSON.stringify(BOOTSTRAP_TOKEN_NAMESPACE)}, the only one that a cluster looks in`);
  }
  if (expiration !== undefined && Number.isNaN(expiration.getTime())) return invalid('the expiration is no valid date');
  const group = authExtraGroups.find(name => bootstrapGroup(name).length > 0);
  return group === undefined ? undefined : invalid(`the group ${JSON.stringify(group)} ${bootstrapGroup(group).join(', ')}`);
}

function invalid(message: string): Problem {
  return { code: 'InvalidBootstrapToken', message, next: 'follow `kubeadm token generate`' };
}
