import type { GeneratorVariant } from './generator-variant';
import { ExternalGeneratorKind } from '../delivery/external/generator-kind';
import type { SecretKey } from '../secret/secret-reference';
import { serverUrl } from '../store/server-url';
import { keyRef } from '../store/store-references';

/**
 * Options of `GeneratorSpec.webhook`.
 */
export interface WebhookGeneratorOptions {
  /**
   * The address to ask. It, the headers and the body are Go templates.
   */
  readonly url: string;

  /**
   * The method.
   *
   * @default 'GET' (by the operator)
   */
  readonly method?: string;

  /**
   * The headers, by name: `{ Authorization: 'Bearer {{ .api.token }}' }`.
   *
   * @default - none
   */
  readonly headers?: { [header: string]: string };

  /**
   * The body.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * Where the keys stand in the answer, in JSONPath: `$.data`.
   *
   * @default - the answer is a JSON object of keys
   */
  readonly jsonPath?: string;

  /**
   * Keys of Secrets that the templates may use, by the name that they have there: that of `api` with the key `token` is `{{ .api.token }}`. Their
   * Secrets must have the label `generators.external-secrets.io/type: webhook`.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: SecretKey };

  /**
   * The certificates that the server's is checked with: PEM, in base64.
   *
   * @default - those of the system
   */
  readonly caBundle?: string;

  /**
   * How long to wait for an answer, as Go writes it: `30s`.
   *
   * @default - that of the operator
   */
  readonly timeout?: string;
}

export function webhook({ url, method, headers, body, jsonPath, secrets, caBundle, timeout }: WebhookGeneratorOptions): GeneratorVariant {
  const address = serverUrl(url);
  return {
    kind: ExternalGeneratorKind.WEBHOOK,
    spec: place => ({
      url: address,
      method,
      headers: headers && { ...headers },
      body,
      timeout,
      caBundle,
      result: { jsonPath },
      secrets: secrets && Object.entries(secrets).map(([name, key]) => ({ name, secretRef: keyRef(key, place) })),
    }),
  };
}
