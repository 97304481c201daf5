import type { ExposureGraph } from './graph';
import type { Places } from './places';
import type { SecretLookup } from './pods';
import { ReadingWay } from './reading-way';
import { FieldPath } from '../inspect/field-path';
import type { Manifest } from '../inspect/model/manifest';
import { isFunction } from '../inspect/model/openfaas-function';
import { list, record, text } from '../inspect/model/untyped';
import { quote } from '../inspect/quote';

const SPEC = FieldPath.ROOT.child('spec');
const ANNOTATIONS = FieldPath.ROOT.child('metadata').child('annotations');

/** Where OpenFaaS has the secrets of a function. */
const FUNCTION_SECRETS = '/var/openfaas/secrets';

/** Deeper than any object of Kubernetes is. */
const MAX_DEPTH = 100;

/** Fields of custom resources that name a Secret: `secretRef`, `passwordSecretRef`, `adminSecret`, `apiKeySecretKeyRef`, `secretName`. */
const REFERENCE = /^(?:secret|.*Secret)(?:Key)?(?:Ref|Selector)?$/;

/** What annotations of ingress-nginx name a Secret, as `NAME` or `NAMESPACE/NAME`. */
const NGINX = ['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret'].map(name => `nginx.ingress.kubernetes.io/${name}`);

/** Connects the Secrets that an object without pods of its own uses. `made` are the names of those that it makes. */
export function connectConsumer(manifest: Manifest, made: ReadonlySet<string>, graph: ExposureGraph, places: Places, secret: SecretLookup): void {
  const { apiVersion, kind, namespace, name, raw, metadata } = manifest;
  const use = (of: string, used: string, way: ReadingWay, why: string, field: FieldPath, more: object = {}) => {
    if (used !== '') graph.connect(secret(of, used), places.object(kind, namespace, name), way, { why, manifest, field, ends: true, ...more });
  };
  const spec = record(raw.spec);
  if (kind === 'Ingress') {
    list(spec.tls).map(record).forEach((entry, index) => {
      use(namespace, text(entry.secretName), ReadingWay.SERVE, `it serves ${hostsText(entry.hosts)} with it`, SPEC.child('tls').index(index).child('secretName'));
    });
    for (const annotation of NGINX) {
      const [used, of = namespace] = text(record(metadata.annotations)[annotation]).split('/').reverse();
      use(of, used, ReadingWay.SERVE, `its annotation ${quote(annotation)} names it`, ANNOTATIONS.key(annotation));
    }
  } else if (kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/')) {
    list(spec.listeners).map(record).forEach((listener, index) => {
      list(record(listener.tls).certificateRefs).map(record).forEach((reference, at) => {
        if ((text(reference.kind) || 'Secret') !== 'Secret') return;
        const field = SPEC.child('listeners').index(index).child('tls').child('certificateRefs').index(at).child('name');
        use(text(reference.namespace) || namespace, text(reference.name), ReadingWay.SERVE, `its listener ${quote(text(listener.name))} serves with it`, field);
      });
    });
  } else if (kind === 'ServiceAccount' && apiVersion === 'v1') {
    list(raw.imagePullSecrets).map(record).forEach((entry, index) => {
      use(namespace, text(entry.name), ReadingWay.IMAGE_PULL, 'the kubelet pulls the images of its pods with it', FieldPath.ROOT.child('imagePullSecrets').index(index).child('name'));
    });
  } else if (kind === 'Function' && isFunction(manifest)) {
    list(spec.secrets).map(text).forEach((used, index) => {
      const path = `${FUNCTION_SECRETS}/*`;
      use(namespace, used, ReadingWay.FILE, `the function has it in ${quote(FUNCTION_SECRETS)}`, SPEC.child('secrets').index(index), { path, ends: false });
    });
  } else if (kind === 'PushSecret') {
    const used = text(record(record(spec.selector).secret).name);
    const stores = list(spec.secretStoreRefs).map(record).map(reference => `${text(reference.kind) || 'SecretStore'} ${quote(text(reference.name))}`);
    use(namespace, used, ReadingWay.COPY, `it writes it to the ${stores.join(' and the ') || 'store'}`, SPEC.child('selector').child('secret').child('name'));
  } else if (manifest.decoded === undefined && manifest.pods.length === 0 && apiVersion.includes('/')) {
    for (const { namespace: of = namespace, name: used, key, field } of referencesIn(spec, SPEC, 0)) {
      if (!made.has(used)) use(of, used, ReadingWay.RESOURCE, 'it names it, and its controller reads it', field, key === '' ? {} : { key });
    }
  }
}

function hostsText(hosts: unknown): string {
  const names = list(hosts).map(text).filter(host => host !== '');
  return names.length === 0 ? 'its hosts' : names.map(quote).join(', ');
}

interface Reference {
  readonly namespace?: string;
  readonly name: string;
  /** Empty where none is named. */
  readonly key: string;
  readonly field: FieldPath;
}

/** Whatever in a custom resource looks like the name of a Secret that it uses. */
function* referencesIn(value: unknown, path: FieldPath, depth: number): Generator<Reference> {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* referencesIn(item, path.index(index), depth + 1);
    return;
  }
  for (const [field, child] of Object.entries(value)) {
    const at = path.child(field);
    const { name, namespace, key } = record(child);
    if (field === 'secretName' && text(child) !== '') yield { name: text(child), key: '', field: at };
    else if (REFERENCE.test(field) && text(name) !== '') yield { name: text(name), key: text(key), ...text(namespace) === '' ? {} : { namespace: text(namespace) }, field: at.child('name') };
    else yield* referencesIn(child, at, depth + 1);
  }
}
