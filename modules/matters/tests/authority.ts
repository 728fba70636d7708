import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** OpenSSL is there on Debian; where it is not, these tests are skipped. */
export const hasOpenssl = spawnSync('openssl', ['version']).error === undefined;

/** What a certificate is for, as a section of {@link CONFIG}. */
type Use = 'root' | 'middle' | 'stamps' | 'lax' | 'other';

const CONFIG = `
[ req ]
distinguished_name = name
[ name ]
[ root ]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[ middle ]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign
[ stamps ]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ lax ]
extendedKeyUsage = timeStamping
[ other ]
extendedKeyUsage = critical,emailProtection
[ tsa ]
default_tsa = test
[ test ]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
`;

/** Keys, certificates and answers of the real OpenSSL, in a folder of their own. */
export class Workshop {
  readonly dir = mkdtempSync(join(tmpdir(), 'zc-tsa-'));
  #n = 0;

  constructor() {
    writeFileSync(join(this.dir, 'openssl.cnf'), CONFIG);
  }

  /** Runs OpenSSL in the folder. */
  run(...args: string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.dir, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Path of a file of the folder. */
  path(name: string): string {
    return join(this.dir, name);
  }

  /** Makes `name.pem` and `name.key`, issued by another or by itself. */
  certificate(name: string, use: Use, issuer?: string, key: 'ec' | 'rsa' = 'ec'): void {
    const kind = key === 'ec' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['rsa:2048'];
    const config = ['-config', 'openssl.cnf'];
    this.run('req', '-new', '-nodes', ...config, '-newkey', ...kind, ...this.#named(name));
    this.sign(name, use, issuer);
  }

  /** Signs the request of `name` (again): `into.pem` is another certificate of the same key. */
  sign(name: string, use: Use, issuer = name, into = name): void {
    const by = issuer === name ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`];
    const rest = issuer === name ? [] : ['-CAkey', `${issuer}.key`, '-CAcreateserial'];
    const extensions = ['-extfile', 'openssl.cnf', '-extensions', use];
    this.run(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...by,
      ...rest,
      '-days',
      '30',
      ...extensions,
      '-out',
      `${into}.pem`,
    );
  }

  #named(name: string): string[] {
    return ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/O=Test/CN=Test ${name}`];
  }

  /** Answers a request as an authority does. */
  answer(request: Buffer, signer = 'tsa', ...more: string[]): Buffer {
    const [query, reply] = [`${++this.#n}.tsq`, `${this.#n}.tsr`];
    writeFileSync(this.path(query), request);
    const by = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`];
    this.run(
      'ts',
      '-reply',
      '-config',
      'openssl.cnf',
      '-section',
      'test',
      '-queryfile',
      query,
      ...by,
      '-out',
      reply,
      ...more,
    );
    return readFileSync(this.path(reply));
  }

  /** A request for something else than was asked. */
  request(hash: string, ...more: string[]): Buffer {
    return this.run('ts', '-query', '-digest', hash, '-sha256', '-cert', ...more);
  }

  /** What an answer says is signed once more, by hand: by any certificate and with any digest. */
  signedAgain(answer: Buffer, signer: string, ...how: string[]): Buffer {
    const token = `${++this.#n}.tst`;
    writeFileSync(this.path('good.tsr'), answer);
    this.run('ts', '-reply', '-in', 'good.tsr', '-token_out', '-out', token);
    this.run('cms', '-verify', '-noverify', '-inform', 'DER', '-in', token, '-out', 'info.der');
    const by = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`];
    const content = ['-binary', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
    const der = this.run('cms', '-sign', ...content, '-in', 'info.der', ...by, '-outform', 'DER', ...how);
    return sequence(sequence(Buffer.from([2, 1, 0])), der);
  }

  /** Takes the folder away. */
  end(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A SEQUENCE of DER. */
function sequence(...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const n = body.length;
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([0x30, ...length]), body]);
}

/** What the server gives back: an answer, or something else. */
export type Reply = Buffer | { status: number; headers?: Record<string, string> } | 'never';

/** An authority on this machine. What it answers is up to the test. */
export class TestAuthority {
  reply: (request: Buffer) => Reply = () => ({ status: 500 });
  /** Requests that came, and the headers of the last. */
  readonly came: Buffer[] = [];
  headers: Record<string, unknown> = {};
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const asked = Buffer.concat(pieces);
        this.came.push(asked);
        this.headers = request.headers;
        const reply = this.reply(asked);
        if (reply === 'never') return;
        if (Buffer.isBuffer(reply))
          response.setHeader('content-type', 'application/timestamp-reply').end(reply);
        else response.writeHead(reply.status, reply.headers).end('no');
      });
    });
  }

  /** Begins to listen and gives the address. */
  async open(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/tsa`;
  }

  /** Ends with all connections. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
