import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { sha256 } from '#kernel/ids';
import { keyFile } from '#kernel/keys';

/** A detached signature with what is needed to check it: key id = SHA-256 of the public key's DER. */
export interface Signature {
  algorithm: 'Ed25519';
  keyId: string;
  publicKey: string;
  value: string;
}

/** Signs what the city vouches for. The key lies in the data folder, readable by the server only, and is backed up with it. */
export class Signer {
  readonly #key: KeyObject;
  readonly publicKey: string;
  readonly keyId: string;

  constructor(dataDir: string) {
    const { path, bytes } = keyFile(dataDir, 'signing.pem', newKey);
    try {
      this.#key = createPrivateKey(bytes);
    } catch (cause) {
      throw new Error(`${path} is damaged: restore it from the backup`, { cause });
    }
    const der = createPublicKey(this.#key).export({ type: 'spki', format: 'der' });
    this.publicKey = der.toString('base64');
    this.keyId = sha256(der);
  }

  /** Signs a text's UTF-8 bytes. */
  sign(text: string): Signature {
    return {
      algorithm: 'Ed25519',
      keyId: this.keyId,
      publicKey: this.publicKey,
      value: sign(null, Buffer.from(text), this.#key).toString('base64'),
    };
  }
}

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });

/**
 * True when the signature fits the text and its key id fits its key; needs nothing but the signature itself. Whether the
 * key is this city's own is another question: compare the key id with {@link Signer.keyId}.
 */
export function verifySignature(text: string, signature: Signature): boolean {
  const der = Buffer.from(signature.publicKey, 'base64');
  if (signature.algorithm !== 'Ed25519' || sha256(der) !== signature.keyId) return false;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature.value, 'base64'));
  } catch {
    return false;
  }
}
