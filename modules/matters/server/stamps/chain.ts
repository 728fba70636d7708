import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as pki from 'pkijs';
import { stampError } from './errors.ts';

const EXTENDED_USE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Critical extensions that are looked at here or by Node, and certificate policies, which restrict nothing here. */
const UNDERSTOOD: ReadonlySet<string> = new Set([EXTENDED_USE, BASIC_CONSTRAINTS, '2.5.29.15', '2.5.29.32']);

/** Certificates between signer and root at most, and certificates of an answer that are looked at. */
const DEPTH = 4;
const MOST = 16;

/** The trusted roots of a PEM file. Throws `matters_stamp_roots`, which stops the start. */
export function readRoots(path: string): X509Certificate[] {
  const fault = (why: string, why_en: string) => stampError('matters_stamp_roots', { path, why, why_en });
  let text: string;
  try {
    text = readFileSync(resolve(path), 'utf8');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw fault(`读不到（${code}）`, `it cannot be read (${code})`);
  }
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (pems.length === 0) throw fault('其中没有证书', 'there is no certificate in it');
  try {
    return pems.map((pem) => new X509Certificate(pem));
  } catch {
    throw fault('其中有证书无法读取', 'one of its certificates cannot be read');
  }
}

/** Is time stamping the only use of a certificate, and marked critical (RFC 3161, 2.3)? */
export function isForTimeStamps({ extensions = [] }: pki.Certificate): boolean {
  const use = extensions.filter(({ extnID }) => extnID === EXTENDED_USE);
  const [one] = use;
  if (use.length !== 1 || !one?.critical || !(one.parsedValue instanceof pki.ExtKeyUsage)) return false;
  const { keyPurposes } = one.parsedValue;
  return keyPurposes.length === 1 && keyPurposes[0] === TIME_STAMPING;
}

/**
 * The root to which a certificate leads over others, all of them valid at a time; undefined where there is none. Node compares
 * names and key use and checks signatures; what it does not look at (validity, depth, critical extensions) is looked at here.
 * The library's own search for a path has no end where two certificates vouch for each other.
 */
export function chainTo(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): X509Certificate | undefined {
  const pool = others.slice(0, MOST);
  const climb = (from: X509Certificate, below: number): X509Certificate | undefined => {
    if (!holds(from, at)) return undefined;
    const trusted = roots.find((root) => holds(root, at) && vouches(root, from, below));
    if (trusted || below >= DEPTH) return trusted;
    for (const next of pool) {
      if (!vouches(next, from, below)) continue;
      const root = climb(next, below + 1);
      if (root) return root;
    }
    return undefined;
  };
  return climb(leaf, 0);
}

/** May `issuer` have issued `from`, with so many certificates between itself and the signer, and did it? */
function vouches(issuer: X509Certificate, from: X509Certificate, below: number): boolean {
  if (!issuer.ca || issuer.fingerprint256 === from.fingerprint256 || !from.checkIssued(issuer)) return false;
  const longest = parsed(issuer)?.find(({ extnID }) => extnID === BASIC_CONSTRAINTS)?.parsedValue
    ?.pathLenConstraint as number | undefined;
  if (longest !== undefined && below > longest) return false;
  try {
    return from.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** Valid at that time, and without a critical extension that is not understood. */
function holds(certificate: X509Certificate, at: Date): boolean {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  if (!(from <= at.getTime() && at.getTime() <= to)) return false;
  return parsed(certificate)?.every(({ critical, extnID }) => !critical || UNDERSTOOD.has(extnID)) ?? false;
}

/** Extensions of a certificate; undefined where they cannot be read. */
function parsed(certificate: X509Certificate): pki.Extension[] | undefined {
  try {
    return pki.Certificate.fromBER(Uint8Array.from(certificate.raw).buffer).extensions ?? [];
  } catch {
    return undefined;
  }
}
