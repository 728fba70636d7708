import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import type * as pki from 'pkijs';

/** Attributes that name the certificate that signed: ESS signing certificate, first and second version (RFC 5035, RFC 5816). */
const V1 = '1.2.840.113549.1.9.16.2.12';
const V2 = '1.2.840.113549.1.9.16.2.47';

/** Digests by which the attribute may name it. The first version knows SHA-1 alone; it only names, it signs nothing. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/**
 * Do the signed attributes name this certificate, as RFC 3161 (2.4.1) demands? Otherwise another certificate of the same key could
 * be put in its place.
 */
export function signerIsNamed(attributes: readonly pki.Attribute[], der: Buffer): boolean {
  const named = attributes.filter(({ type }) => type === V1 || type === V2);
  return named.length > 0 && named.every((attribute) => fits(attribute, der));
}

/** The first of the certificates that an attribute names is the one that signed. */
function fits({ type, values }: pki.Attribute, der: Buffer): boolean {
  const [first] = partsOf(partsOf(values[0])[0]);
  const parts = partsOf(first);
  const hash = parts.find((one) => one instanceof asn1.OctetString);
  if (!hash) return false;
  const [given] = parts[0] instanceof asn1.Sequence ? partsOf(parts[0]) : [];
  const standard = type === V1 ? 'sha1' : 'sha256';
  const algorithm = given instanceof asn1.ObjectIdentifier ? NAMES.get(given.getValue()) : standard;
  if (!algorithm) return false;
  return createHash(algorithm).update(der).digest().equals(Buffer.from(hash.valueBlock.valueHexView));
}

function partsOf(block: unknown): unknown[] {
  return block instanceof asn1.Sequence ? block.valueBlock.value : [];
}
