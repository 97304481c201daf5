import { maskTrailingDash } from './metadata';
import type { Codes } from '../../errors/codes';
import { envName, relaxedEnvName } from '../../kubernetes/env-names';
import { dataKey } from '../../kubernetes/keys';
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../../kubernetes/names';
import { asUnit, readQuantity } from '../../kubernetes/quantity';
import type {
  EnvFromSource, EnvVar, EnvVarSource, FileKeySelector, KeyReference, ObjectFieldSelector, OptionalReference, ResourceFieldSelector,
} from '../decode/decoded';
import type { FieldPath } from '../field-path';
import type { FindingsOfObject } from '../findings-of-object';
import { quote } from '../quote';

/** The code of this rule. */
export const ENV_CODES = {
  MissingSource: {
    cause: 'An environment variable or a file names no source.',
    example: 'env: [{ name: A, valueFrom: {} }]',
    fix: 'Name one.',
  },
} as const satisfies Codes;

/** The first version whose API server takes any printable ASCII but `=` in the name of a variable. */
const RELAXED_SINCE = 32;

/** The first version whose API server takes variables out of files. */
const FILES_SINCE = 35;

/** ValidateEnv. */
export function validateEnv(vars: readonly EnvVar[], path: FieldPath, out: FindingsOfObject): void {
  vars.forEach((variable, index) => {
    const at = path.index(index);
    const { name = '', valueFrom } = variable;
    if (name === '') {
      out.refuse('RequiredField', at.child('name'), 'the variable has no name', 'give it a name');
    } else {
      validateVariableName(name, 'name of a variable', at.child('name'), out);
    }
    if (valueFrom !== undefined) validateValueFrom(variable.value ?? '', valueFrom, at.child('valueFrom'), out);
  });
}

function validateVariableName(name: string, what: string, path: FieldPath, out: FindingsOfObject): void {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return;
  const next = "use letters, digits, '_', '-' and '.', not starting with a digit";
  const strict = envName(name);
  if (strict.length > 0) {
    out.refuse('InvalidEnvName', path, `${quote(name)} can be no ${what}: ${strict.join(', ')}`, next, { until: RELAXED_SINCE - 1 });
  }
  const relaxed = relaxedEnvName(name);
  if (relaxed.length > 0) {
    out.refuse('InvalidEnvName', path, `${quote(name)} can be no ${what}: ${relaxed.join(', ')}`, next, { since: RELAXED_SINCE });
  }
}

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'] as const;

function validateValueFrom(value: string, from: EnvVarSource, path: FieldPath, out: FindingsOfObject): void {
  const present = SOURCES.filter(source => from[source] !== undefined);
  if (from.fieldRef !== undefined) validateFieldRef(from.fieldRef, ENV_FIELDS, path.child('fieldRef'), out);
  if (from.resourceFieldRef !== undefined) validateResourceFieldRef(from.resourceFieldRef, false, path.child('resourceFieldRef'), out);
  if (from.configMapKeyRef !== undefined) validateKeySelector(from.configMapKeyRef, 'ConfigMap', path.child('configMapKeyRef'), out);
  if (from.secretKeyRef !== undefined) validateKeySelector(from.secretKeyRef, 'Secret', path.child('secretKeyRef'), out);
  const { fileKeyRef } = from;
  if (fileKeyRef !== undefined) validateFileKey(fileKeyRef, path.child('fileKeyRef'), out);
  if (present.length === 0) {
    // up to 1.34 the field is unknown, or dropped
    out.refuse('MissingSource', path, 'valueFrom names no source', `give it one of ${SOURCES.join(', ')}`, fileKeyRef === undefined ? {} : { until: FILES_SINCE - 1 });
    if (fileKeyRef !== undefined && value !== '') {
      out.refuse('AmbiguousSource', path, 'a variable has a value or a valueFrom, not both', 'leave one of them out', { since: FILES_SINCE });
    }
  } else if (value !== '') {
    out.refuse('AmbiguousSource', path, 'a variable has a value or a valueFrom, not both', 'leave one of them out');
  } else if (present.length > 1) {
    out.refuse('AmbiguousSource', path, `valueFrom names more than one source: ${present.join(', ')}`, 'leave all but one of them out');
  } else if (fileKeyRef !== undefined) {
    out.refuse('AmbiguousSource', path, `valueFrom names more than one source: ${present.join(', ')}, fileKeyRef`, 'leave all but one of them out', { since: FILES_SINCE });
  }
}

/** ValidateFileKeySelector, but for the volume, which is the pod's. */
function validateFileKey({ key = '', path: file = '', volumeName = '' }: FileKeySelector, path: FieldPath, out: FindingsOfObject): void {
  const range = { since: FILES_SINCE };
  if (key === '') {
    out.refuse('RequiredField', path.child('key'), 'no variable of the file is named', 'name the variable', range);
  } else {
    const wrong = relaxedEnvName(key);
    if (wrong.length > 0) out.refuse('InvalidKey', path.child('key'), `${quote(key)} can be no variable of a file: ${wrong.join(', ')}`, 'name a variable that it has', range);
  }
  if (volumeName === '') {
    out.refuse('RequiredField', path.child('volumeName'), 'no volume is named', 'name a volume of type emptyDir', range);
  } else {
    const wrong = dns1123Label(volumeName);
    if (wrong.length > 0) out.refuse('InvalidVolumeName', path.child('volumeName'), `${quote(volumeName)} can be no name of a volume: ${wrong.join(', ')}`, 'name a volume of type emptyDir', range);
  }
  if (file === '') {
    out.refuse('RequiredField', path.child('path'), 'no file is named', 'give its path in the volume', range);
  } else if (file.split('/').includes('..')) {
    out.refuse('InvalidPath', path.child('path'), `${quote(file)} is refused: it has '..' in it`, "leave '..' out", range);
  }
}

/** ValidateSecretKeySelector and ValidateConfigMapKeySelector. */
function validateKeySelector(selector: KeyReference, kind: string, path: FieldPath, out: FindingsOfObject): void {
  const { name = '', key = '' } = selector;
  const wrongName = dns1123Subdomain(name);
  if (wrongName.length > 0) {
    out.refuse('InvalidName', path.child('name'), `${quote(name)} can be no name of a ${kind}: ${wrongName.join(', ')}`, `name the ${kind}`);
  }
  if (key === '') {
    out.refuse('RequiredField', path.child('key'), `no key of the ${kind} is named`, 'name the key');
    return;
  }
  const wrongKey = dataKey(key);
  if (wrongKey.length > 0) {
    out.refuse('InvalidKey', path.child('key'), `${quote(key)} can be no key of a ${kind}: ${wrongKey.join(', ')}`, 'name a key that it has');
  }
}

const ENV_FIELDS: ReadonlySet<string> = new Set([
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName',
  'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
]);

/** The fields of a pod that files may hold, besides single labels and annotations. */
export const FILE_FIELDS: ReadonlySet<string> = new Set([
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels', 'metadata.annotations',
]);

/** What old clients call a field, and old manifests still do. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([['spec.host', 'spec.nodeName']]);
/** Up to this version a variable cannot be `status.hostIPs`. */
const NO_HOST_IPS_UNTIL = 28;

/** ValidateObjectFieldSelector. */
export function validateFieldRef(field: ObjectFieldSelector, known: ReadonlySet<string>, path: FieldPath, out: FindingsOfObject): void {
  const { fieldPath = '', apiVersion = '' } = field;
  if (fieldPath === '') {
    out.refuse('RequiredField', path.child('fieldPath'), 'no field is named', 'name it, for example metadata.name');
    return;
  }
  const next = `fields: ${[...known].join(', ')}, metadata.labels['KEY'], metadata.annotations['KEY']`;
  if (fieldPath === 'status.hostIPs') {
    out.refuse('UnsupportedValue', path.unprinted('fieldPath'), 'the addresses of the node cannot be read here yet', next, { until: NO_HOST_IPS_UNTIL });
  }
  const [map, key] = splitSubscript(fieldPath);
  const isMap = map === 'metadata.labels' || map === 'metadata.annotations';
  const isReadable = key === undefined ? known.has(OLD_NAMES.get(fieldPath) ?? fieldPath) : isMap;
  if (!isReadable || (apiVersion !== 'v1' && apiVersion !== '')) {
    out.refuse('UnsupportedValue', path.child('fieldPath'), `${quote(fieldPath)} is no field of a pod that can be read here`, next);
    return;
  }
  const wrong = key === undefined ? [] : qualifiedName(map === 'metadata.annotations' ? key.toLowerCase() : key);
  if (wrong.length > 0) {
    out.refuse('UnsupportedValue', path.unprinted('fieldPath'), `${quote(fieldPath)} is no field of a pod that can be read here: ${wrong.join(', ')}`, next);
  }
}

/** `metadata.labels` and `app` of `metadata.labels['app']`; the whole path alone where there is no subscript. */
function splitSubscript(fieldPath: string): [map: string, key?: string] {
  const open = fieldPath.indexOf("['");
  const end = fieldPath.length - "']".length;
  return open > 0 && open + "['".length <= end && fieldPath.endsWith("']") ? [fieldPath.slice(0, open), fieldPath.slice(open + "['".length, end)] : [fieldPath];
}

const RESOURCE = /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage)$/;
const HUGE_PAGES = /^(?:limits|requests)\.hugepages-/;

/**
 * ValidateContainerResourceFieldSelector.
 *
 * @param ofVolume whether it must say of which container
 */
export function validateResourceFieldRef(
  { containerName = '', resource = '', divisor }: ResourceFieldSelector, ofVolume: boolean, path: FieldPath, out: FindingsOfObject,
): void {
  const isKnown = RESOURCE.test(resource) || HUGE_PAGES.test(resource);
  if (ofVolume && containerName === '') {
    out.refuse('RequiredField', path.child('containerName'), 'no container is named', 'name the container');
  } else if (resource === '') {
    out.refuse('RequiredField', path.child('resource'), 'no resource is named', 'name it, for example limits.cpu');
  } else if (!isKnown) {
    out.refuse('UnsupportedValue', path.child('resource'), `${quote(resource)} is no resource that can be read here`,
      'resources: limits.cpu, limits.memory, limits.ephemeral-storage, requests.cpu, requests.memory, requests.ephemeral-storage');
  }
  if (isKnown && divisor !== undefined) validateDivisor(divisor, resource.endsWith('.cpu') ? CPU_UNITS : BYTE_UNITS, path.child('divisor'), out);
}

const CPU_UNITS = ['1m', '1'];
const BYTE_UNITS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** validateContainerResourceDivisor. Zero is as good as none. */
function validateDivisor(divisor: string | number | bigint, units: readonly string[], path: FieldPath, out: FindingsOfObject): void {
  const quantity = readQuantity(divisor);
  if (quantity === undefined || quantity.nanos === 0n || units.includes(asUnit(quantity) ?? '')) return;
  out.refuse('UnsupportedValue', path, `${quote(String(divisor))} is no divisor of this resource`, `use one of ${units.join(', ')}`);
}

/** ValidateEnvFrom. Where a source is missing or is one too many, the API server names the list; here it is the entry. */
export function validateEnvFrom(sources: readonly EnvFromSource[], path: FieldPath, out: FindingsOfObject): void {
  sources.forEach((source, index) => {
    const at = path.index(index);
    const { prefix = '', configMapRef, secretRef } = source;
    if (prefix !== '') validateVariableName(prefix, 'prefix of variables', at.child('prefix'), out);
    if (configMapRef !== undefined) validateEnvSource(configMapRef, 'ConfigMap', at.child('configMapRef'), out);
    if (secretRef !== undefined) validateEnvSource(secretRef, 'Secret', at.child('secretRef'), out);
    if (configMapRef === undefined && secretRef === undefined) {
      out.refuse('MissingSource', at, 'the entry names no source', 'give it a secretRef or a configMapRef');
    } else if (configMapRef !== undefined && secretRef !== undefined) {
      out.refuse('AmbiguousSource', at, 'the entry has a secretRef and a configMapRef', 'write two entries');
    }
  });
}

function validateEnvSource(source: OptionalReference, kind: string, path: FieldPath, out: FindingsOfObject): void {
  const { name = '' } = source;
  if (name === '') {
    out.refuse('RequiredField', path.child('name'), `no ${kind} is named`, `name the ${kind}`);
    return;
  }
  const wrong = dns1123Subdomain(maskTrailingDash(name));
  if (wrong.length > 0) {
    out.refuse('InvalidName', path.child('name'), `${quote(name)} can be no name of a ${kind}: ${wrong.join(', ')}`, `name the ${kind}`);
  }
}
