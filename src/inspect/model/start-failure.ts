import { mountsOf, type ContainerMounts } from './container-mounts';
import { effectiveSettings, environmentOf, type Environment } from './environment';
import { hidesProgram } from './hidden-program';
import { isInitContainer, type PlacedContainer, type PodContext } from './pod-context';
import { missingValues, subPathOf } from './sub-path-expr';
import { missingFiles } from './variable-files';
import { TAKES_NO_BINARY, unfitValue } from './variable-values';

/** The mounts of a container, with what its literal variables make of `subPathExpr`. */
export function containerMounts(placed: PlacedContainer, context: PodContext): ContainerMounts {
  return mountsOf(placed, context, mount => subPathOf(mount, placed.container));
}

/**
 * What keeps a container from starting with the kubelet of a minor version, in its words where they do not depend on chance.
 *
 * A pod waits for all its volumes, and a container for the init containers before it.
 */
export function startFailure(placed: PlacedContainer, context: PodContext, minor: number): string | undefined {
  return volumeFailure(context) ?? earlierFailure(placed, context, minor) ?? ownFailure(placed, context, minor);
}

/** Volumes that no container mounts are not set up. */
function volumeFailure({ volumes, containers }: PodContext): string | undefined {
  const mounted = new Set(containers.flatMap(({ container }) => (container.volumeMounts ?? []).map(mount => mount.name)));
  const unmountable = volumes.find(({ volume, files }) => mounted.has(volume.name) && files?.failure !== undefined);
  if (unmountable === undefined) return undefined;
  return `MountVolume.SetUp failed for volume ${JSON.stringify(unmountable.volume.name ?? '')} : ${unmountable.files!.failure!.message}`;
}

function earlierFailure(placed: PlacedContainer, context: PodContext, minor: number): string | undefined {
  for (const earlier of context.containers) {
    if (earlier.path === placed.path || !isInitContainer(earlier)) return undefined;
    const failure = ownFailure(earlier, context, minor);
    if (failure !== undefined) return `the init container ${JSON.stringify(earlier.container.name ?? '')} does not start: ${failure}`;
  }
  return undefined;
}

function ownFailure(placed: PlacedContainer, context: PodContext, minor: number): string | undefined {
  const { container, path } = placed;
  const environment = environmentOf(container, path, context.namespace, context.cluster, minor);
  if (environment.failure !== undefined) return environment.failure.message;
  const [file] = missingFiles(placed, context);
  if (file !== undefined) return file.failure;
  const missing = (container.volumeMounts ?? []).flatMap(({ subPathExpr = '' }) => missingValues(subPathExpr, container, environment, context));
  if (missing.length > 0) return `missing value for ${missing.join(', ')}`;
  return variableFailure(environment, context, minor) ?? mountFailure(placed, context);
}

function variableFailure(environment: Environment, context: PodContext, minor: number): string | undefined {
  for (const setting of effectiveSettings(environment)) {
    const unfit = unfitValue(setting, context);
    if (unfit?.kind === 'oversized') return `argument list too long: the variable ${JSON.stringify(setting.name)} has ${unfit.size} bytes`;
    if (unfit?.kind === 'zero-byte') return `environment variable value can't contain null(\\x00): ${JSON.stringify(setting.name)}`;
    if (unfit?.kind === 'not-utf8' && TAKES_NO_BINARY.since <= minor && minor <= TAKES_NO_BINARY.until) {
      return 'grpc: error while marshaling: string field contains invalid UTF-8';
    }
  }
  return undefined;
}

function mountFailure(placed: PlacedContainer, context: PodContext): string | undefined {
  if ((placed.container.volumeMounts ?? []).length === 0) return undefined;
  const mounts = containerMounts(placed, context);
  if (mounts.failure !== undefined) return `error mounting at ${JSON.stringify(mounts.failure.mounted.at)}: ${mounts.failure.why}`;
  return hidesProgram(placed.container, mounts) === undefined ? undefined : `exec: ${JSON.stringify(placed.container.command![0])}: no such file or directory`;
}
