import { randomBytes, X509Certificate } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { sha256 } from '#kernel/ids';
import { fill } from '#kernel/text';
import { chainTo, isForTimeStamps } from './chain.ts';
import { refused } from './errors.ts';
import { signerIsNamed } from './signer.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
/** SHA-256, SHA-384 and SHA-512: digests with which an authority may sign. */
const DIGESTS: ReadonlySet<string> = new Set([SHA256, '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3']);
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';

/** How far the authority's clock may be from this machine's, in milliseconds: a machine without NTP is off by minutes. */
const CLOCKS_APART = 5 * 60_000;

/** What the authority is asked: to stamp the SHA-256 of `data`. */
export interface Question {
  /** The request (TimeStampReq), as it is sent. */
  der: Uint8Array;
  data: Buffer;
  nonce: Buffer;
  policy: string | undefined;
}

/** What a believed answer says. */
export interface Stamp {
  genTime: Date;
  /** The authority by the name of its certificate. */
  authority: string;
  policy: string;
  /** Serial number in hex. */
  serial: string;
  /** The trusted root, as PEM. */
  root: string;
}

/** A question with a nonce of its own. `policy` is the OID under which the authority is to stamp. */
export function question(data: Buffer, policy?: string): Question {
  const nonce = randomBytes(8);
  // A positive number whose shortest form has all eight bytes.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const ask = new pki.TimeStampReq({
    version: 1,
    messageImprint: new pki.MessageImprint({
      hashAlgorithm: new pki.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1.Null() }),
      hashedMessage: new asn1.OctetString({ valueHex: plain(Buffer.from(sha256(data), 'hex')) }),
    }),
    ...(policy !== undefined && { reqPolicy: policy }),
    nonce: new asn1.Integer({ valueHex: plain(nonce) }),
    certReq: true,
  });
  return { der: new Uint8Array(ask.toSchema().toBER()), data, nonce, policy };
}

/**
 * Believes an answer, or throws `matters_stamp_refused` with the reason. It is believed when it stamps what was asked, under
 * the nonce and policy that were asked, between `sent` and `came`, and is signed by a certificate for time stamps alone that
 * leads to one of the roots. Whether that certificate was revoked is not asked.
 */
export async function believed(
  answer: Uint8Array,
  asked: Question,
  { roots, sent, came }: { roots: readonly X509Certificate[]; sent: Date; came: Date },
): Promise<Stamp> {
  const { signed, info } = readAnswer(answer);
  const imprint = info.messageImprint;
  if (
    imprint.hashAlgorithm.algorithmId !== SHA256 ||
    hexOf(imprint.hashedMessage.valueBlock.valueHexView) !== sha256(asked.data)
  )
    throw refused('imprint');
  if (!info.nonce || hexOf(info.nonce.valueBlock.valueHexView) !== asked.nonce.toString('hex'))
    throw refused('nonce');
  if (asked.policy !== undefined && info.policy !== asked.policy) throw refused('policy', info.policy);
  const { genTime } = info;
  if (!isBetween(genTime, sent, came)) throw refused('time', String(genTime));
  const signer = await signerOf(signed, asked.data);
  if (!isForTimeStamps(signer)) throw refused('purpose');
  const others = certificatesOf(signed).map(derOf).flatMap(readable);
  const root = chainTo(new X509Certificate(derOf(signer)), others, roots, genTime);
  if (!root) throw refused('chain');
  return {
    genTime,
    authority: nameOf(signer),
    policy: info.policy,
    serial: hexOf(info.serialNumber.valueBlock.valueHexView),
    root: root.toString(),
  };
}

/** Takes an answer apart. Throws `matters_stamp_refused` where it is none, or one without a stamp. */
function readAnswer(answer: Uint8Array): { signed: pki.SignedData; info: pki.TSTInfo } {
  let response: pki.TimeStampResp;
  try {
    const { offset, result } = asn1.fromBER(plain(answer));
    if (offset !== answer.length) throw new Error('bytes behind its end');
    response = new pki.TimeStampResp({ schema: result });
  } catch {
    throw refused('shape');
  }
  const { status } = response.status;
  // 0 granted, 1 granted with modifications: what was modified is looked at. Others bring no stamp (RFC 3161, 2.4.2).
  if (status !== 0 && status !== 1) throw refused('status', statusText(response));
  try {
    const token = response.timeStampToken;
    if (token?.contentType !== SIGNED_DATA) throw new Error('no signed data');
    const signed = new pki.SignedData({ schema: token.content });
    const { eContentType, eContent } = signed.encapContentInfo;
    if (eContentType !== TST_INFO || !eContent || signed.signerInfos.length !== 1)
      throw new Error('no token');
    const info = pki.TSTInfo.fromBER(eContent.getValue());
    if (info.version !== 1) throw new Error('version');
    return { signed, info };
  } catch {
    throw refused('shape');
  }
}

function statusText({ status: { status, statusStrings } }: pki.TimeStampResp): string {
  const words = (statusStrings ?? []).map(({ valueBlock }) => valueBlock.value).join(' ');
  return fill('{status} {words}', { status, words: words.replace(/\p{C}/gu, '') }).trim();
}

function isBetween(genTime: Date, sent: Date, came: Date): boolean {
  const at = genTime.getTime();
  // NaN is between nothing.
  return at >= sent.getTime() - CLOCKS_APART && at <= came.getTime() + CLOCKS_APART;
}

/** The certificate that signed, once the signature holds. Throws `matters_stamp_refused`. */
async function signerOf(signed: pki.SignedData, data: Buffer): Promise<pki.Certificate> {
  const [info] = signed.signerInfos as [pki.SignerInfo];
  const { algorithmId } = info.digestAlgorithm;
  if (!DIGESTS.has(algorithmId)) throw refused('digest', algorithmId);
  const attributes = info.signedAttrs?.attributes ?? [];
  const [type] = attributes.find((one) => one.type === CONTENT_TYPE)?.values ?? [];
  // Without it a signature over something else could be passed off as one over a stamp (RFC 5652, 5.3 and 11.1).
  if (!(type instanceof asn1.ObjectIdentifier) || type.getValue() !== TST_INFO) throw refused('signature');
  let signer: pki.Certificate | null | undefined;
  try {
    const verdict = await signed.verify({ signer: 0, data: plain(data), extendedMode: true });
    if (verdict.signatureVerified) signer = verdict.signerCertificate;
  } catch {
    // Said below: the library throws and answers false for the same reasons.
  }
  if (!signer) throw refused('signature');
  if (!signerIsNamed(attributes, derOf(signer))) throw refused('signer');
  return signer;
}

function certificatesOf(signed: pki.SignedData): pki.Certificate[] {
  return (signed.certificates ?? []).filter((one) => one instanceof pki.Certificate);
}

function derOf(certificate: pki.Certificate): Buffer {
  return Buffer.from(certificate.toSchema().toBER());
}

/** What Node cannot read is no certificate that could prove anything. */
function readable(der: Buffer): X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
}

/** Common name, else organisation, else all of the subject. */
function nameOf({ subject }: pki.Certificate): string {
  const said = (type: string) =>
    subject.typesAndValues.find((one) => one.type === type)?.value.valueBlock.value as string | undefined;
  const all = () => subject.typesAndValues.map(({ value }) => String(value.valueBlock.value)).join(', ');
  return (said('2.5.4.3') ?? said('2.5.4.10') ?? all()).replace(/\p{C}/gu, '').slice(0, 200);
}

/** The same bytes in a buffer of their own, which is what the library reads. */
function plain(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
