import { createHash } from 'node:crypto';
import { MAX_LABEL_LENGTH, dns1123Label } from '../kubernetes/names';
import { withoutEnd, withoutStart } from '../kubernetes/trim';

const HASH_LENGTH = 8;

/**
 * The name of a volume: `wish` where that is a valid name, else what is valid of it and a hash of the whole.
 *
 * A name is never just cut or cleaned: two wishes never become one name. Secrets may have dots in their names and
 * 253 characters, volumes no dots and 63.
 *
 * @param wish the name that says best what the volume is
 * @param distinction what else tells this volume from others of that wish; it is hashed, never shown
 */
export function volumeName(wish: string, distinction = ''): string {
  if (distinction === '' && dns1123Label(wish).length === 0) return wish;
  const hash = createHash('sha256').update(JSON.stringify([wish, distinction])).digest('hex').slice(0, HASH_LENGTH);
  const start = wish.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, MAX_LABEL_LENGTH - HASH_LENGTH - 1);
  const readable = withoutEnd(withoutStart(start, '-'), '-');
  return readable === '' ? `v-${hash}` : `${readable}-${hash}`;
}
