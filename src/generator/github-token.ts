import type { GeneratorVariant } from './generator-variant';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import type { SecretKey } from '../secret/secret-reference';
import { keyRef } from '../store/store-references';

/**
 * Options of `GeneratorSpec.githubAccessToken`.
 */
export interface GithubAccessTokenOptions {
  /**
   * The id of the GitHub App.
   */
  readonly appId: string;

  /**
   * The id of its installation.
   */
  readonly installId: string;

  /**
   * The key of the Secret that holds the private key of the app.
   */
  readonly privateKey: SecretKey;

  /**
   * What the token may do: `{ contents: 'read' }`.
   *
   * @default - all that the installation may do
   */
  readonly permissions?: { [permission: string]: string };

  /**
   * The names of the repositories that it is for.
   *
   * @default - all of the installation
   */
  readonly repositories?: string[];

  /**
   * The address of the API of a GitHub Enterprise Server.
   *
   * @default - that of github.com
   */
  readonly url?: string;
}

export function githubAccessToken({ appId, installId, privateKey, permissions, repositories, url }: GithubAccessTokenOptions): GeneratorVariant {
  return {
    kind: ExternalGeneratorKind.GITHUB_ACCESS_TOKEN,
    spec: place => ({
      appID: appId,
      installID: installId,
      url,
      permissions: permissions && { ...permissions },
      repositories: repositories && [...repositories],
      auth: { privateKey: { secretRef: keyRef(privateKey, place) } },
    }),
  };
}
