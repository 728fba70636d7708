import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { defineErrors } from '#kernel/errors';
import { sha256 } from '#kernel/ids';
import { keyFile } from '#kernel/keys';

const vaultError = defineErrors({
  vault_closed: {
    status: 409,
    zh: '密封的内容不能打开：它被改动过，或者是用另一把密钥（{key}）密封的。请系统管理员从备份恢复 keys 文件夹',
    en: 'What was sealed cannot be opened: it was changed, or sealed with another key ({key}): restore the keys folder from the backup',
  },
});

const BYTES = 32;

/**
 * Seals what only somebody with a reason may read, such as who reported: AES-256-GCM under a key that lies beside the signing
 * key. Whoever has the record store alone, or a dump of it, reads nothing. What is sealed is bound to where it belongs (`context`).
 */
export class Vault {
  readonly #key: Buffer;
  /** Tells keys apart; the beginning of the key's own hash. */
  readonly keyId: string;

  constructor(dataDir: string) {
    const { path, bytes } = keyFile(dataDir, 'vault.key', () => randomBytes(BYTES).toString('base64'));
    this.#key = Buffer.from(bytes.toString('utf8'), 'base64');
    if (this.#key.length !== BYTES) throw new Error(`${path} is damaged: restore it from the backup`);
    this.keyId = sha256(this.#key).slice(0, 16);
  }

  /** Seals a text: key id, nonce, tag and cipher text, each in base64, with dots between. */
  seal(text: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64'));
    return [this.keyId, ...parts].join('.');
  }

  /** Opens what was sealed for the same context. Throws `vault_closed`. */
  open(sealed: string, context: string): string {
    const [key = '', ...parts] = sealed.split('.');
    const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64'));
    if (key !== this.keyId || parts.length !== 3 || !nonce || !tag || !text || tag.length !== 16)
      throw vaultError('vault_closed', { key: key.slice(0, 16) });
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce);
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch {
      throw vaultError('vault_closed', { key });
    }
  }

  /** A mark by which the same text is known again, and which nobody else can compute: 64 hex digits. */
  mark(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}
