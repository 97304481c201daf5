import { pathWord, type ShellScript } from './shell-script';
import { keyNameOf, NO_KEYS, refusalsOf, type System } from './system';
import { SERVICE_ACCOUNT_TOKEN } from '../../kubernetes/secret-types';
import { placeOf, type LoggedSecret } from '../../secret/declaration-log';
import { shellWord } from '../../workload/secret-commands';

/** Commands for a cluster of Kubernetes. Values go to kubectl in a manifest on its standard input. */
export const kubectl: System = {
  name: 'kubectl',

  refusals: ({ secrets }, verb) => refusalsOf(secrets, ({ keys, type, delivery }) => {
    const isEmpty = keys.length === 0 && type !== SERVICE_ACCOUNT_TOKEN && delivery !== 'manifest';
    return isEmpty && (verb === 'create' || verb === 'update') ? NO_KEYS : undefined;
  }),

  create: (secret, script) => write(secret, script, 'kubectl create -f -'),

  update(secret, script) {
    if (secret.immutable !== true) {
      // Of a Secret that something in the cluster fills, replacing it would take the values away.
      write(secret, script, secret.keys.length === 0 ? 'kubectl apply -f -' : 'kubectl replace -f -');
      return;
    }
    write(secret, script, 'kubectl create -f -', [`${remove(secret)}  # it is immutable`]);
  },

  delete(secret, script) {
    script.needs('kubectl');
    script.step(placeOf(secret), [remove(secret), ...noteOf(secret, script)]);
  },
};

function remove(secret: LoggedSecret): string {
  return `kubectl delete secret ${shellWord(secret.name)}${namespaceOption(secret)} --ignore-not-found`;
}

/** The option that names the namespace, where one is known. */
export function namespaceOption({ namespace }: { readonly namespace?: string }): string {
  return namespace === undefined ? '' : ` --namespace ${shellWord(namespace)}`;
}

function write(secret: LoggedSecret, script: ShellScript, command: string, before: readonly string[] = []): void {
  script.needs('kubectl');
  const envFile = commonEnvFile(secret);
  const lines = envFile === undefined ? fromManifest(secret, script, command) : fromEnvFile(secret, envFile, script, command);
  script.step(`${placeOf(secret)}, delivery ${secret.delivery}`, [...before, ...lines, ...noteOf(secret, script)]);
}

/** What makes the Secrets of a delivery in the cluster, and does so again. */
const MAKERS: Readonly<Record<string, string>> = {
  sealed: 'the controller of Sealed Secrets, of its SealedSecret',
  sops: 'whoever decrypts what is in the repository with SOPS, such as Flux',
  external: 'the External Secrets operator, of what its store holds',
  csi: 'the Secrets Store CSI driver, for the pods that mount it',
  vault: 'the Vault Secrets Operator, of what Vault holds',
  certificate: 'cert-manager, of its Certificate',
  onePassword: 'the operator of 1Password, of its item',
  infisical: 'the operator of Infisical, of what its folder holds',
  secretSync: 'the Secrets Store Sync controller, of what its store holds',
};

/** What whoever runs the script has to know where something else in the cluster makes the Secret. */
function noteOf(secret: LoggedSecret, script: ShellScript): string[] {
  const text = noteTextOf(secret);
  if (text === undefined) return [];
  script.uses('note');
  return [`note ${shellWord(`${placeOf(secret)} ${text}`)}`];
}

function noteTextOf({ delivery }: LoggedSecret): string | undefined {
  if (delivery === 'vaultAgent') return 'is written into pods by the Vault agent: what it is bound to reads no Secret';
  const maker = MAKERS[delivery];
  return maker && `is also made by ${maker}, which may undo what is done here`;
}

/** A manifest whose values are put in by the script. */
function fromManifest(secret: LoggedSecret, script: ShellScript, command: string): string[] {
  const { name, namespace, labels = {}, annotations = {}, type, immutable, keys } = secret;
  const metadata = { name, namespace, ...given('labels', labels), ...given('annotations', annotations) };
  const head = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, type, ...immutable === true ? { immutable } : {} });
  if (keys.length === 0) return [`printf %s ${shellWord(head)} | ${command}`];
  script.needs('base64');
  script.uses('encode');
  const values = keys.map(key => ({ key: key.key, data: script.variable('data', script.value(key.origin, keyNameOf(secret, key)).feed('encode')) }));
  const parts = values.map(({ key, data }, index) => `${shellWord(`${index === 0 ? `${head.slice(0, -1)},"data":{` : '",'}${JSON.stringify(key)}:"`)} "$${data}"`);
  return [`printf %s ${parts.join(' \\\n  ')} '"}}' |`, `  ${command}`];
}

/** The env file that all values are in. To kubectl a comma would end its name, and a quote begin it. */
function commonEnvFile({ keys }: LoggedSecret): string | undefined {
  const [first, ...others] = keys.map(({ origin }) => origin?.envFile);
  return first !== undefined && !/[,"]/.test(first) && others.every(file => file === first) ? first : undefined;
}

function fromEnvFile(secret: LoggedSecret, envFile: string, script: ShellScript, command: string): string[] {
  const { name, labels = {}, annotations = {}, type, immutable } = secret;
  const path = pathWord(envFile);
  script.uses('file', 'env_file_variables');
  script.check(`file ${path} ${shellWord(placeOf(secret))}`);
  script.check(`env_file_variables ${path}`);
  const metadata = { ...given('labels', labels), ...given('annotations', annotations) };
  const patch = { ...given('metadata', metadata), ...immutable === true ? { immutable } : {} };
  return [
    `kubectl create secret generic ${shellWord(name)}${namespaceOption(secret)} --type ${shellWord(type)} --from-env-file=${path} --dry-run=client -o json |`,
    ...Object.keys(patch).length === 0 ? [] : [`  kubectl patch --local -f - --type merge -p ${shellWord(JSON.stringify(patch))} -o json |`],
    `  ${command}`,
  ];
}

function given<T extends object>(name: string, map: T): Record<string, T> {
  return Object.keys(map).length === 0 ? {} : { [name]: map };
}
