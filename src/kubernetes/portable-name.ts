import { byteLength, dns1123Subdomain } from './names';

/** Longest name of a secret in Docker Swarm. */
export const MAX_SWARM_NAME_LENGTH = 64;

/** The most bytes that a secret of Docker Swarm holds. */
export const MAX_SWARM_SECRET_SIZE = 511_999;

/**
 * The name of a secret as Docker Swarm takes it.
 *
 * @see https://github.com/moby/swarmkit/blob/master/manager/controlapi/common.go
 */
export function swarmName(name: string): string[] {
  return byteLength(name) <= MAX_SWARM_NAME_LENGTH && /^[a-zA-Z0-9](?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/.test(name)
    ? [] : ['only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]'];
}

/** A name of a secret that both Kubernetes and Docker Swarm take: a DNS subdomain of at most 64 characters. */
export function portableName(name: string): string[] {
  return dns1123Subdomain(name).map(problem => `Kubernetes: ${problem}`).concat(swarmName(name).map(problem => `Docker Swarm: ${problem}`));
}
