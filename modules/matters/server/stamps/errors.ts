import { defineErrors } from '#kernel/errors';
import type { Text } from '#kernel/text';

/** The module's rows of the error table: time stamps. They reach operators through the log and the list of jobs. */
export const stampError = defineErrors({
  matters_stamp_roots: {
    status: 500,
    zh: 'ZC_TSA_CA={path}：{why}。应为一个 PEM 文件，内有所信任的时间戳根证书',
    en: 'ZC_TSA_CA={path}: {why_en}. It takes a PEM file with the roots that are trusted for time stamps',
  },
  matters_stamp_unreachable: {
    status: 503,
    zh: '时间戳机构没有答复（{why}）。办件不受影响，稍后自动再试',
    en: 'The time stamp authority did not answer ({why}). Matters go on; it is asked again later',
  },
  matters_stamp_refused: {
    status: 503,
    zh: '时间戳机构的答复不可采信：{why}。没有存为时间戳，稍后自动再试',
    en: 'The answer of the time stamp authority is not believed: {why_en}. Nothing was stored; it is asked again later',
  },
});

/** Why an answer is not believed. */
export const REFUSALS = {
  shape: { zh: '不是完整的 RFC 3161 答复', en: 'it is no complete RFC 3161 answer' },
  status: { zh: '机构没有签发（状态 {detail}）', en: 'the authority did not grant it (status {detail})' },
  imprint: { zh: '盖的不是所送的摘要', en: 'what it stamped is not what was sent' },
  nonce: { zh: '随机数与所送的不同', en: 'its nonce is not the one that was sent' },
  policy: {
    zh: '策略是 {detail}，不是所要求的',
    en: 'its policy {detail} is not the one that was asked for',
  },
  time: {
    zh: '它的时间 {detail} 与本机时间相差过大，请核对本机时钟',
    en: 'its time {detail} is far from this machine’s: look at the clock',
  },
  digest: { zh: '所用的摘要算法 {detail} 不予接受', en: 'its digest algorithm {detail} is not accepted' },
  signature: { zh: '签名不成立', en: 'its signature does not hold' },
  signer: { zh: '没有指明签名所用的证书', en: 'it does not name the certificate that signed' },
  purpose: {
    zh: '签名证书不是专用于时间戳的',
    en: 'the certificate that signed is not one for time stamps only',
  },
  chain: {
    zh: '签名证书在签发时不能由 ZC_TSA_CA 中的根证书证明',
    en: 'the certificate that signed does not lead to a root of ZC_TSA_CA that held at that time',
  },
} satisfies Record<string, Text>;

/** Makes the error for an answer that is not believed. */
export function refused(why: keyof typeof REFUSALS, detail = '') {
  const { zh, en } = REFUSALS[why];
  const fill = (text: string) => text.replace('{detail}', detail.slice(0, 100));
  return stampError('matters_stamp_refused', { why: fill(zh), why_en: fill(en), reason: why });
}
