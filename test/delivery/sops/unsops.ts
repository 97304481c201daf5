import { createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { decodeBech32 } from '../../../src/delivery/sops/bech32';

/** Opens an age file of one chunk as `age` does, with nothing of what made it but Bech32. */
export function openAgeFile(armored: string, identity: string): Buffer {
  const key = decodeBech32(identity.toLowerCase())!.bytes;
  const file = Buffer.from(armored.replace(/-----.*-----/g, ''), 'base64');
  const end = file.indexOf('\n--- ') + 4;
  const headerEnd = file.indexOf('\n', end);
  const [version, stanza, body] = file.subarray(0, end).toString('latin1').split('\n');
  const ephemeral = Buffer.from(stanza.split(' ')[2], 'base64');
  if (version !== 'age-encryption.org/v1' || !/^-> X25519 [\w+/]{43}$/.test(stanza)) throw new Error('no age file for one X25519 recipient');
  const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x: '', d: key.toString('base64url') }, format: 'jwk' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeral.toString('base64url') }, format: 'jwk' });
  const shared = diffieHellman({ privateKey, publicKey });
  const fileKey = open(derive(shared, Buffer.concat([ephemeral, Buffer.from(x!, 'base64url')]), 'age-encryption.org/v1/X25519'), Buffer.alloc(12), Buffer.from(body, 'base64'));
  const mac = createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header')).update(file.subarray(0, end)).digest('base64').replaceAll('=', '');
  if (mac !== file.subarray(end + 1, headerEnd).toString()) throw new Error('the MAC of the header is wrong');
  const payload = file.subarray(headerEnd + 1);
  return open(derive(fileKey, payload.subarray(0, 16), 'payload'), Buffer.concat([Buffer.alloc(11), Buffer.from([1])]), payload.subarray(16));
}

/** Decrypts a document as `sops decrypt` does, and checks its MAC. */
export function decryptSops(document: any, identity: string): any {
  const { sops, ...encrypted } = document;
  const dataKey = openAgeFile(sops.age[0].enc, identity);
  const hash = createHash('sha512');
  const visit = (value: any, path: string, isEncrypted: boolean): any => {
    if (Array.isArray(value)) return value.map(item => visit(item, path, isEncrypted));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, visit(child, `${path}${key}:`, isEncrypted || new RegExp(sops.encrypted_regex).test(key))]));
    }
    const plain = isEncrypted && value !== '' ? decryptValue(value, path, dataKey) : value;
    hash.update(typeof plain === 'boolean' ? plain ? 'True' : 'False' : String(plain));
    return plain;
  };
  const plain = visit(encrypted, '', false);
  if (decryptValue(sops.mac, sops.lastmodified, dataKey) !== hash.digest('hex').toUpperCase()) throw new Error('MAC mismatch');
  return plain;
}

function decryptValue(text: string, place: string, key: Buffer): string {
  const match = /^ENC\[AES256_GCM,data:(.*),iv:(.*),tag:(.*),type:str\]$/.exec(text);
  if (match === null) throw new Error('not encrypted');
  const [data, iv, tag] = match.slice(1).map(part => Buffer.from(part, 'base64'));
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(data), decipher.final()]).toString();
}

function derive(secret: Buffer, salt: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
}

function open(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 }).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
