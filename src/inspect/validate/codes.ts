import { CONFIG_MAP_CODES } from './config-map';
import { CONTAINER_CODES } from './containers';
import { ENV_CODES } from './env';
import { FIELD_CODES } from './fields';
import { METADATA_CODES } from './metadata';
import { MOUNT_CODES } from './mounts';
import { PORT_CODES } from './ports';
import { UPDATE_CODES } from './updates';
import { VOLUME_CODES } from './volumes';
import { WORKLOAD_CODES } from './workloads';
import type { Codes } from '../../errors/codes';
import { DECODE_CODES } from '../decode/decode';
import { READING_CODES } from '../findings-of-object';

/** The codes of what the API server refuses in a manifest, each from where its rule stands; constructs refuse some more of it, see src/errors/codes.ts. */
export function refusalCodes() {
  return {
    ...READING_CODES,
    ...DECODE_CODES,
    ...FIELD_CODES,
    ...ENV_CODES,
    ...VOLUME_CODES,
    ...CONTAINER_CODES,
    ...MOUNT_CODES,
    ...PORT_CODES,
    ...WORKLOAD_CODES,
    ...METADATA_CODES,
    ...CONFIG_MAP_CODES,
    ...UPDATE_CODES,
  } as const satisfies Codes;
}

/** A code of what the API server refuses. */
export type RefusalCode = keyof ReturnType<typeof refusalCodes>;
