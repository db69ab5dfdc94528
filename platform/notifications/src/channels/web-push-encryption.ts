import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** Of one message: 4096 bytes of record less header, tag and delimiter (RFC 8291, 4). */
export const mostPlaintextBytes = 3993;

type Input = {
  plaintext: Uint8Array;
  /** The browser's public key: 65 bytes, uncompressed P-256. */
  receiverKey: Uint8Array;
  /** The browser's authentication secret: 16 bytes. */
  authSecret: Uint8Array;
  /** Only for the vectors of the RFC: fresh ones are made for every message. */
  fixed?: { privateKey: Uint8Array; salt: Uint8Array };
};

/**
 * Encrypts a message so that the browser alone can read it, not the push service: aes128gcm with a key agreed for this
 * message (RFC 8291 over RFC 8188), in one record.
 * @throws Error if the receiver's key is not a point of the curve, or the message is too long
 */
export function encryptForBrowser({ plaintext, receiverKey, authSecret, fixed }: Input): Buffer {
  if (plaintext.length > mostPlaintextBytes) throw new Error(`more than ${mostPlaintextBytes} bytes`);
  const own = createECDH('prime256v1');
  if (fixed) own.setPrivateKey(fixed.privateKey);
  else own.generateKeys();
  const ownKey = own.getPublicKey();
  const salt = Buffer.from(fixed?.salt ?? randomBytes(16));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiverKey, ownKey]);
  const agreed = Buffer.from(hkdfSync('sha256', own.computeSecret(receiverKey), authSecret, info, 32));
  const key = Buffer.from(hkdfSync('sha256', agreed, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', agreed, salt, 'Content-Encoding: nonce\0', 12));
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const recordSize = Buffer.alloc(4);
  recordSize.writeUInt32BE(4096);
  // 2 marks the last record.
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.update(Buffer.from([2])), cipher.final()]);
  return Buffer.concat([salt, recordSize, Buffer.from([ownKey.length]), ownKey, sealed, cipher.getAuthTag()]);
}
