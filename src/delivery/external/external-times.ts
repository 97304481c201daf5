import { Duration } from 'cdk8s';
import { ExternalRefresh, type RefreshVariant, refreshVariant } from './external-refresh';
import type { SourceVariant } from './external-source';
import type { GeneratorFacts } from './generator-facts';
import type { Problem } from '../../errors/problem';

const HOUR = 3600;

/** When the values of some sources are fetched where nothing says it: every hour, and often enough for tokens that live no longer. */
export function refreshFor(sources: readonly SourceVariant[], refresh: ExternalRefresh | undefined): RefreshVariant {
  if (refresh !== undefined) return refreshVariant(refresh);
  const lifetimes = sources.map(({ generator }) => generator?.facts.lifetime ?? 2 * HOUR);
  return refreshVariant(ExternalRefresh.every(Duration.seconds(Math.min(HOUR, ...lifetimes.map(lifetime => lifetime / 2)))));
}

/** What is wrong with the time at which generators are asked. What is immutable keeps its first value, whenever they are. */
export function timeProblem(sources: readonly SourceVariant[], refresh: ExternalRefresh | undefined, immutable = false): Problem | undefined {
  for (const { generator } of sources) {
    if (generator === undefined) continue;
    const { name, facts } = generator;
    const problem = (immutable ? undefined : regenerated(name, facts, refresh)) ?? expired(name, facts, refresh);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A new value every hour is what nobody asked for; whoever says when has a reason. */
function regenerated(name: string, { kind, isWithoutMemory }: GeneratorFacts, refresh: ExternalRefresh | undefined): Problem | undefined {
  return isWithoutMemory && refresh === undefined ? {
    code: 'RegeneratedSecret',
    message: `the ${kind} ${JSON.stringify(name)} makes a new value at every refresh, by default every hour, and nothing says when it is to be`,
    next: 'make it once: refresh: ExternalRefresh.once() and creationPolicy: ExternalCreationPolicy.ORPHAN here, and immutable: true on the secret; '
      + 'or say ExternalRefresh.every(…) where a new value each time is meant',
  } : undefined;
}

function expired(name: string, { kind, lifetime }: GeneratorFacts, refresh: ExternalRefresh | undefined): Problem | undefined {
  if (lifetime === undefined || refresh === undefined) return undefined;
  const { policy, seconds = 0 } = refreshVariant(refresh);
  if (policy === 'Periodic' && seconds < lifetime) return undefined;
  return {
    code: 'ExpiredToken',
    message: `what the ${kind} ${JSON.stringify(name)} makes is good for ${hours(lifetime)}, and the delivery fetches it ${policy === 'Periodic' ? 'less often' : 'only once or on a change'}`,
    next: `leave the refresh out, or give ExternalRefresh.every a time below ${hours(lifetime)}`,
  };
}

function hours(seconds: number): string {
  return seconds === HOUR ? 'an hour' : `${seconds / HOUR} hours`;
}
