/** Ends of names of organisations, Chinese and Japanese, that no person's name has. */
const ORGANISATION_ZH =
  /公司|集团|大学|学院|学校|中学|小学|研究|中心|工厂|医院|协会|学会|商会|委员会|合作社|企业|机构|政府|银行|基金|联盟|会社|法人|事务所|工作室|实验室|设计院|管理|总局|支队|基地|园区|农场|林场|经营部|门市|商行|商店|株式/;
/** One-character ends that are taken for an organisation only after four or more characters (四川大厦, not 王小厂). */
const ORGANISATION_END = /[厂院所校社局店站场馆部队行会处矿坊铺庄园库]$/;
const ORGANISATION_LATIN =
  /\b(inc|incorporated|ltd|limited|llc|llp|lp|plc|co|corp|corporation|company|gmbh|ag|kg|kgaa|mbh|se|sa|s\.a|sas|sarl|spa|s\.p\.a|srl|bv|b\.v|nv|n\.v|ab|as|a\/s|oy|oyj|kk|k\.k|pty|pte|sdn|bhd|ohg|ev|e\.v|group|holdings?|institute?|institut|university|universit\w*|college|school|hospital|centre|center|foundation|laborator\w*|labs?|technolog\w*|systems?|industr\w*|international|enterprises?|ministry|department|agency|association|council|academy|bank|works|research|electronics?|pharma\w*|chemical\w*|motors?|products?|solutions?|services?|partners|society|trust|bureau|commission)\b\.?/i;
const HAN_NAME = /^[\p{Script=Han}·•・.．]+$/u;

/**
 * Whether a name of an applicant is a natural person's. In doubt yes: masking an organisation by mistake does no harm,
 * showing a person does. Chinese names of up to four characters, foreign names with a middle dot, and Latin names
 * without any word that organisations use count as persons.
 */
export function isPerson(name: string): boolean {
  const text = name.normalize('NFKC').trim();
  if (text === '') return false;
  if (ORGANISATION_ZH.test(text)) return false;
  if (/\p{Script=Han}/u.test(text)) {
    if (/[·•・．.]/.test(text) && HAN_NAME.test(text)) return true;
    const letters = [...text.replace(/[^\p{L}]/gu, '')];
    if (letters.length >= 4 && ORGANISATION_END.test(text)) return false;
    return letters.length <= 4 || (/^[A-Z][\p{L}·.\-\s]*$/u.test(text) && letters.length <= 12);
  }
  if (/[\p{Script=Hangul}]/u.test(text)) return [...text.replace(/\s/g, '')].length <= 4;
  if (ORGANISATION_LATIN.test(text)) return false;
  if (text.includes(',')) return true;
  const words = text.split(/\s+/);
  return words.length >= 2 && words.length <= 4;
}

/** A person's name with all but the beginning hidden: 张**, J·**, S*** A***. */
export function maskName(name: string): string {
  const text = name.trim();
  if (/^\p{Script=Han}/u.test(text)) {
    const [first = '', ...rest] = [...text];
    return first + '*'.repeat(Math.min(2, Math.max(1, rest.length)));
  }
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]}***`)
    .join(' ');
}

/** The applicants as strangers may see them: persons masked, organisations whole. */
export function maskApplicants(applicants: readonly string[]): string[] {
  return applicants.map((name) => (isPerson(name) ? maskName(name) : name));
}

/** Keeps province, city and county of an address; the rest is where a person lives. */
export function maskAddress(address: string): string {
  const text = address.replace(/^\s*\d{6}\s*/, '');
  const m =
    /^(?:中国)?\s*(?:\p{Script=Han}{2,8}?(?:省|自治区|特别行政区))?\s*(?:\p{Script=Han}{1,8}?(?:市|自治州|地区|盟))?\s*(?:\p{Script=Han}{1,8}?(?:区|县|市|旗))?/u.exec(
      text,
    );
  const kept = m?.[0] ?? '';
  return kept.length < text.length ? `${kept}***` : kept;
}
