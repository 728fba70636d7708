import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, sha256 } from '#kernel/ids';

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
    const dir = join(dataDir, 'keys');
    const path = join(dir, 'signing.pem');
    if (!existsSync(path)) makeKey(dir, path);
    try {
      this.#key = createPrivateKey(readFileSync(path));
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

/** Makes the key once: of two processes that start at the same time only one gets its link, and both read that. */
function makeKey(dir: string, path: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const temporary = `${path}.${newId()}.new`;
  writeFileSync(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

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
