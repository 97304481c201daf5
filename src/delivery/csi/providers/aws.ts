import { type CsiFile, type CsiProviderVariant, invalidClass, knownProvider } from '../csi-variant';
import { permission, yaml } from './provider-parameters';

/**
 * Options of the providers of AWS. Pods authenticate as their own ServiceAccounts.
 */
export interface AwsCsiOptions {
  /**
   * The region.
   *
   * @default - the region of the node
   */
  readonly region?: string;

  /**
   * Whether pods authenticate by EKS Pod Identity.
   *
   * @default false - by a role of IAM (IRSA)
   */
  readonly usePodIdentity?: boolean;
}

/** The provider refuses an entry that is named twice, so each stands once, with all of its properties. */
export function aws(objectType: 'secretsmanager' | 'ssmparameter', { region, usePodIdentity }: AwsCsiOptions): CsiProviderVariant {
  return knownProvider('aws', { region, usePodIdentity: usePodIdentity === true ? 'true' : undefined }, files => {
    const byEntry = new Map<string, CsiFile[]>();
    for (const file of files) byEntry.set(file.ref.key, [...byEntry.get(file.ref.key) ?? [], file]);
    return {
      pathTranslation: files.some(({ path }) => path.includes('/')) ? 'False' : undefined,
      objects: yaml([...byEntry].map(([key, ofEntry]) => objectOf(objectType, key, ofEntry))),
    };
  });
}

function objectOf(objectType: string, objectName: string, files: readonly CsiFile[]): object {
  const wholes = files.filter(({ ref }) => ref.property === undefined);
  const properties = files.filter(({ ref }) => ref.property !== undefined);
  if (wholes.length > 1) throw invalidClass(`entry ${JSON.stringify(objectName)} would be mounted as two files`, 'let two keys have two entries, or properties of one');
  if (new Set(files.map(({ ref }) => ref.version)).size > 1) {
    throw invalidClass(`entry ${JSON.stringify(objectName)} would be mounted in two versions`, 'let all keys of one entry have one version');
  }
  const [whole] = wholes;
  const taken = properties.find(({ path }) => path === objectName);
  if (taken !== undefined) {
    throw invalidClass(`the file ${JSON.stringify(taken.path)} has the name of the entry that it comes from, which the provider mounts as well`, 'rename one of them');
  }
  return {
    objectName,
    objectType: objectName.startsWith('arn:') ? undefined : objectType,
    objectAlias: whole === undefined || whole.path === objectName ? undefined : whole.path,
    objectVersion: files[0].ref.version,
    filePermission: permission(whole?.mode),
    jmesPath: properties.length === 0 ? undefined : properties.map(({ path, ref, mode }) => ({
      path: /^[A-Za-z_]\w*$/.test(ref.property!) ? ref.property : JSON.stringify(ref.property),
      objectAlias: path,
      filePermission: permission(mode),
    })),
  };
}
