import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SealedSecretScope, Secret, SecretDelivery, SensitiveValue } from '../../../src';
import vectors from '../../conformance/backends-vectors.json';
import { withFolder } from '../ask-kubectl';
import type { Differential } from '../differential';
import { synthesized } from '../ours';

interface Sealed {
  readonly scope: 'strict' | 'namespaceWide' | 'clusterWide';
  readonly isDeterministic: boolean;
  readonly name: string;
  readonly namespace: string;
  readonly type?: string;
  readonly data: Readonly<Record<string, string>>;
}

const { certificatePem, privateKeyPkcs8Pem } = vectors.sealedSecrets;
const UNSEALER = join(__dirname, '../../conformance/sealed-secrets');
const CONTENTS = ['', 'x', '\0\xff', 'é☂', '\n', 'x'.repeat(3000), '{{ .a }}', '"\\'];

/** The values in base64 that the controller should get out of it. */
export const differential: Differential<Sealed> = {
  title: 'the Secret that the controller of sealed-secrets 0.36.6 opens, of what was sealed here',
  count: 300,
  input: random => ({
    scope: random.pick(['strict', 'namespaceWide', 'clusterWide']),
    isDeterministic: random.oneIn(2),
    name: random.pick(['db', 'a.b', 'x'.repeat(63)]),
    namespace: random.pick(['web', 'kube-system']),
    type: random.pick([undefined, undefined, 'example.com/db']),
    data: Object.fromEntries(Array.from({ length: 1 + random.below(4) }, () => [random.pick(['a', '.b', 'c-d', 'E_f', 'toString']), random.pick(CONTENTS)])),
  }),
  ours: ({ data, name, namespace, type = 'Opaque' }) => ({
    value: { name, namespace, type, data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')])) },
  }),
  theirs: inputs => withFolder(folder => {
    const program = join(folder, 'unseal');
    try {
      execFileSync('go', ['build', '-C', UNSEALER, '-o', program, '.'], { env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' }, stdio: 'pipe' });
    } catch {
      return 'there is no Go on this machine, or the packages of sealed-secrets cannot be had';
    }
    const certificate = join(folder, 'certificate.pem');
    writeFileSync(certificate, certificatePem);
    const sealedSecrets = inputs.map(input => sealed(input, certificate));
    const opened: any[] = JSON.parse(execFileSync(program, { input: JSON.stringify({ privateKey: privateKeyPkcs8Pem, sealedSecrets }), encoding: 'utf8', maxBuffer: 2 ** 28 }));
    return opened.map(({ error, metadata, type, data }) => error === undefined
      ? { value: { name: metadata.name, namespace: metadata.namespace, type, data: withoutNull(data) } } : { refused: error });
  }),
  known: [],
};

/** Go's JSON has null for an empty list of bytes. */
function withoutNull(data: Readonly<Record<string, string | null>>): unknown {
  return Object.fromEntries(Object.entries(data).map(([key, base64]) => [key, base64 ?? '']));
}

function sealed({ scope, isDeterministic, name, namespace, type, data }: Sealed, certificate: string): unknown {
  const verdict = synthesized(chart => new Secret(chart as any, 'S', {
    metadata: { name, namespace },
    type,
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, SensitiveValue.fromLiteral(text)])),
    delivery: SecretDelivery.sealed({
      certificate,
      scope: SealedSecretScope[scope](),
      ...isDeterministic ? { determinismKey: SensitiveValue.fromLiteral('a determinism key of 32 bytes ...') } : {},
    }),
  }), manifest => manifest);
  if ('refused' in verdict) throw new Error(verdict.refused);
  return verdict.value;
}
