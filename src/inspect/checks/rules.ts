import { checkDuplicates, DUPLICATE_CODES } from './duplicates';
import { checkEnvironment, ENVIRONMENT_CODES } from './environment';
import { checkGateways } from './gateways';
import { checkLastApplied, LAST_APPLIED_CODES } from './last-applied';
import { checkLinkerdIdentity } from './linkerd-identity';
import { checkMadeTwice, MADE_TWICE_CODES } from './made-twice';
import { checkMounts, MOUNT_CODES } from './mounts';
import { checkOrder, ORDER_CODES } from './order';
import { checkOtherConsumers } from './other-consumers';
import { checkProviderClasses, PROVIDER_CLASS_CODES } from './provider-classes';
import { checkPullSecrets, PULL_SECRET_CODES } from './pull-secrets';
import { checkReadability, READABILITY_CODES } from './readability';
import { checkReferences, REFERENCE_CODES } from './references';
import { checkSecret, SECRET_CODES } from './secret';
import { checkMountable, SERVICE_ACCOUNT_CODES } from './service-accounts';
import { checkVariableFiles, VARIABLE_FILE_CODES } from './variable-files';
import { checkVaultInjector, VAULT_INJECTOR_CODES } from './vault-injector';
import { checkVolumes, VOLUME_CODES } from './volumes';
import { checkRollout, WORKLOAD_CODES } from './workload';
import type { Codes } from '../../errors/codes';
import type { Cluster } from '../model/cluster';
import type { Manifest } from '../model/manifest';
import type { PodContext } from '../model/pod-context';

/** What the API server accepts in silence: the codes that a rule brings, and where it looks for them. */
export interface Rule {
  readonly codes: Codes;
  readonly object?: (manifest: Manifest, cluster: Cluster) => void;
  readonly pod?: (context: PodContext) => void;
  /** Once, for all objects together. */
  readonly cluster?: (cluster: Cluster) => void;
}

/** Every rule, in the order of its findings and of docs/errors.md. Those without codes of their own report others'. */
export const RULES = [
  { codes: SECRET_CODES, object: checkSecret },
  { codes: LAST_APPLIED_CODES, object: checkLastApplied },
  { codes: WORKLOAD_CODES, object: checkRollout },
  { codes: {}, object: checkOtherConsumers },
  { codes: {}, object: checkGateways },
  { codes: REFERENCE_CODES, pod: checkReferences },
  { codes: ENVIRONMENT_CODES, pod: checkEnvironment },
  { codes: VARIABLE_FILE_CODES, pod: checkVariableFiles },
  { codes: VOLUME_CODES, pod: checkVolumes },
  { codes: READABILITY_CODES, pod: checkReadability },
  { codes: MOUNT_CODES, pod: checkMounts },
  { codes: PULL_SECRET_CODES, pod: checkPullSecrets },
  { codes: SERVICE_ACCOUNT_CODES, pod: checkMountable },
  { codes: {}, pod: checkLinkerdIdentity },
  { codes: ORDER_CODES, pod: checkOrder },
  { codes: PROVIDER_CLASS_CODES, pod: checkProviderClasses },
  { codes: VAULT_INJECTOR_CODES, pod: checkVaultInjector },
  { codes: DUPLICATE_CODES, cluster: checkDuplicates },
  { codes: MADE_TWICE_CODES, cluster: checkMadeTwice },
] as const satisfies readonly Rule[];
