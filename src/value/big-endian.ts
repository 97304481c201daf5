/** The number that bytes are. */
export function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** A number in that many bytes. */
export function bytesOf(number: bigint, length: number): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
}

/** A number that is not negative, in two's complement: no zeros before it, but one where its first bit would make it negative. */
export function positive(bytes: Buffer): Buffer {
  const first = bytes.findIndex(byte => byte !== 0);
  const digits = first === -1 ? Buffer.from([0]) : bytes.subarray(first);
  return digits[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
}
