import { ContainerView, type ContainerViewOptions } from './container-view';
import { SecretsError } from '../../errors/secrets-error';
import { didYouMean } from '../../errors/suggest';
import type { Inspected } from '../inspect';
import { podContext } from '../model/pod-context';
import { quote } from '../quote';
import { readVersion } from '../versions';

/** How many names a suggestion is looked for among. */
const MAX_CANDIDATES = 100;

/** The view of one container of the manifests that were inspected. */
export function lookInto(inspected: Inspected, kind: string, name: string, container: string, options: ContainerViewOptions): ContainerView {
  const { cluster, versions } = inspected;
  const { namespace } = options;
  const version = options.version === undefined ? versions[versions.length - 1] : readVersion(options.version);
  const ofKind = cluster.manifests.filter(manifest => manifest.kind === kind && manifest.pods.length > 0);
  const manifest = ofKind.find(candidate => candidate.name === name && (namespace === undefined || candidate.namespace === namespace));
  if (manifest === undefined) {
    throw new SecretsError({
      code: 'UnknownContainer',
      message: `there is no ${kind} ${quote(name)} with pods${namespace === undefined ? '' : ` in the namespace ${quote(namespace)}`}`,
      next: didYouMean(name, ofKind.slice(0, MAX_CANDIDATES).map(candidate => candidate.name), `objects of the kind ${kind}`),
    });
  }
  const context = podContext(cluster, manifest, manifest.pods[0]);
  const containers = context.containers;
  const placed = containers.find(candidate => candidate.container.name === container);
  if (placed === undefined) {
    throw new SecretsError({
      code: 'UnknownContainer',
      message: `the ${kind} ${quote(name)} has no container ${quote(container)}`,
      next: didYouMean(container, containers.map(candidate => candidate.container.name ?? ''), 'containers'),
    });
  }
  return ContainerView._of(placed, context, version);
}
