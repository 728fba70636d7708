import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '#kernel/ids';

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
    if (!existsSync(path)) {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(`${path}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    }
    this.#key = createPrivateKey(readFileSync(path));
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

/** True when the signature fits the text; needs nothing but the signature itself. */
export function verifySignature(text: string, signature: Signature): boolean {
  const key = createPublicKey({
    key: Buffer.from(signature.publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text), key, Buffer.from(signature.value, 'base64'));
}
