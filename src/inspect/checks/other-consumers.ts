import { isPullSecretType } from '../../kubernetes/secret-types';
import type { ServiceAccount } from '../decode/decoded';
import { FieldPath } from '../field-path';
import { checkUse } from './references';
import { checkCertificate } from './tls-secret';
import type { Cluster } from '../model/cluster';
import { isIssued } from '../model/issued';
import type { Manifest } from '../model/manifest';
import { isFunction } from '../model/openfaas-function';
import { list, record, text } from '../model/untyped';
import { quote } from '../quote';

/** Secrets that objects without pods use: Ingresses, ServiceAccounts and OpenFaaS functions. */
export function checkOtherConsumers(manifest: Manifest, cluster: Cluster): void {
  const { apiVersion, kind } = manifest;
  if (kind === 'Ingress' && apiVersion.startsWith('networking.k8s.io/')) checkIngress(manifest, cluster);
  else if (kind === 'ServiceAccount' && apiVersion === 'v1') checkServiceAccount(manifest, cluster);
  else if (kind === 'Function' && isFunction(manifest)) checkFunction(manifest, cluster);
}

const SPEC = FieldPath.ROOT.child('spec');

function checkIngress(manifest: Manifest, cluster: Cluster): void {
  if (isIssued(manifest)) return;
  list(record(manifest.raw.spec).tls).forEach((entry, index) => {
    const name = text(record(entry).secretName);
    if (name === '') return;
    const field = SPEC.child('tls').index(index).child('secretName');
    const without = 'most controllers answer with a certificate of their own';
    checkCertificate(checkUse({ manifest, name, field, without, tolerated: true }, cluster), manifest, field, cluster);
  });
}

function checkServiceAccount(manifest: Manifest, cluster: Cluster): void {
  const { decoded, findings: out } = manifest;
  ((decoded as ServiceAccount).imagePullSecrets ?? []).forEach(({ name = '' }, index) => {
    if (name === '') return;
    const field = FieldPath.ROOT.child('imagePullSecrets').index(index).child('name');
    const secret = checkUse({ manifest, name, field, without: 'images are pulled without credentials', tolerated: true }, cluster);
    if (secret?.type !== undefined && !isPullSecretType(secret.type)) {
      out.fails('SecretTypeMismatch', field, `the Secret ${quote(name)} has the type ${quote(secret.type)}; the kubelet passes it over and pulls without credentials`,
        'make it of the type kubernetes.io/dockerconfigjson');
    }
  });
}

function checkFunction(manifest: Manifest, cluster: Cluster): void {
  list(record(manifest.raw.spec).secrets).forEach((entry, index) => {
    const name = text(entry);
    if (name === '') return;
    checkUse({ manifest, name, field: SPEC.child('secrets').index(index), without: 'the function is not deployed', tolerated: false }, cluster);
  });
}
