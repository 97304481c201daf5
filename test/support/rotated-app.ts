import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Secret, SecretBinding, SecretDelivery, SecretRollout, SensitiveValue } from '../../src';
import { readManifestStream } from '../../src/inspect/read/manifest-stream';
import vectors from '../conformance/backends-vectors.json';

/** How the secret of the app is delivered. */
export type RotatedDelivery = 'manifest' | 'sealed';

/** What one synth of the app makes. */
export interface RotatedSynth {
  readonly objects: readonly any[];
  /** The name of the newest Secret. */
  readonly name: string;
}

/** What selects the objects of the app. */
export const ROTATED = 'app.kubernetes.io/part-of=rotated';

/**
 * An app whose Deployment sees a generated password of a Secret with a hashed name, to be synthesized in several generations.
 *
 * @param folder an empty folder that it can write to
 * @param keep how many generations stay; undefined where the manifests hold the newest
 */
export function rotatedApp(
  folder: string, namespace: string, delivery: RotatedDelivery, keep: number | undefined,
): (generation: number) => RotatedSynth {
  const certificate = join(folder, 'certificate.pem');
  writeFileSync(certificate, vectors.sealedSecrets.certificatePem);
  const determinismKey = SensitiveValue.fromLiteral('a determinism key of 32 bytes ...');
  const options = { determinismKey, ...keep === undefined ? {} : { keep: { journal: join(folder, 'generations.jsonl'), generations: keep } } };
  return generation => {
    const app = new App({ outdir: join(folder, 'dist') });
    const chart = new Chart(app, 'c', { namespace, labels: { 'app.kubernetes.io/part-of': 'rotated' } });
    const secret = new Secret(chart, 'Db', {
      metadata: { name: 'db' },
      data: { password: SensitiveValue.generated({ generation }) },
      hashedName: true,
      delivery: delivery === 'manifest' ? SecretDelivery.manifest(options) : SecretDelivery.sealed({ ...options, certificate }),
    });
    new kplus.Deployment(chart, 'Api', { metadata: { name: 'api' }, replicas: 1, containers: [{ image: 'api', portNumber: 80 }] }).with(
      SecretBinding.env('DB_PASSWORD', secret.key('password')), SecretRollout.hashedName());
    app.synth();
    const objects = readManifestStream(readFileSync(join(folder, 'dist', 'c.k8s.yaml'), 'utf8')).map(({ manifest }) => manifest as any);
    return { objects, name: secret.name };
  };
}
