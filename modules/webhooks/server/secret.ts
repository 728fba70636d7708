import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { sha256 } from '#kernel/ids';
import type { Signer } from '#kernel/signing';

/** Bytes of a new secret; Standard Webhooks asks for 24 to 64. */
const BYTES = 32;
/** What is signed to derive the key that seals secrets. Ed25519 gives the same signature each time. */
const PURPOSE = 'zhicheng workbench webhook secrets 1';

/** A new secret as its owner sees it, once: `whsec_` and base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(BYTES).toString('base64')}`;
}

function keyOf(signer: Pick<Signer, 'sign'>): Buffer {
  return Buffer.from(sha256(`${PURPOSE}\n${signer.sign(PURPOSE).value}`), 'hex');
}

/** Seals a secret for the store: AES-256-GCM under a key that lies in the data folder, not in the store. */
export function seal(signer: Pick<Signer, 'sign'>, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(signer), nonce);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Opens a sealed secret. Throws where the key is another or the seal was changed. */
export function unseal(signer: Pick<Signer, 'sign'>, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(signer), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

/** Headers of a signed message, as Standard Webhooks has them: the signature is over id, time and body. */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
