import type { ClaimJson } from '../../contract.ts';

/** Words that a dependent claim begins with, in Chinese, English and German. */
const DEPENDS =
  /(?:根据|如|按照|按|依据|依照|一种如|采用|应用|使用)?(?:上述|前述)?权利要求\s*([0-9０-９\s,，、;；~～\-–—至到或及和与任一意项中]+)|(?:claims?|Anspruch|Ansprüche[n]?)\s+([0-9][0-9\s,;\-–—]*(?:(?:to|or|and|bis|oder|und)\s*[0-9][0-9\s,;\-–—]*)*)/iu;
/** How far into a claim its reference may stand. */
const HEAD = 200;

/** Claims with the claims that each depends on, read from their beginnings. A claim depends on earlier ones only. */
export function claimTree(claims: readonly string[]): ClaimJson[] {
  return claims.map((text, i) => {
    const number = i + 1;
    return { number, dependsOn: dependencies(text, number), text };
  });
}

function dependencies(text: string, own: number): number[] {
  const m = DEPENDS.exec(text.normalize('NFKC').slice(0, HEAD));
  const list = m?.[1] ?? m?.[2];
  if (!list) return [];
  const found = new Set<number>();
  for (const range of list.matchAll(/(\d+)\s*(?:[~\-–—]|至|到|to|bis)\s*(\d+)|(\d+)/gi)) {
    const from = Number(range[1] ?? range[3]);
    const to = Number(range[2] ?? range[3]);
    for (let n = from; n <= Math.min(to, from + 500); n++) if (n >= 1 && n < own) found.add(n);
  }
  return [...found].sort((a, b) => a - b);
}
