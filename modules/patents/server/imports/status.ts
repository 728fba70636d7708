import type { LegalStatus, PatentType } from '../../contract.ts';

const PARTLY_INVALID = /部分无效/;
const LAPSED =
  /失效|无权|终止|届满|期满|放弃|撤回|驳回|无效|未缴|避免重复授权|lapsed?|expired?|withdrawn|refused|rejected|abandon|revoked|inactive|invalid|ceased|dead|discontinued/i;
const IN_FORCE = /有效|授权|维持|有权|恢复|部分无效|granted|patented|in[ -]?force|active|alive|valid/i;
const PENDING = /在审|实质审查|实审|审查中|公开|公布|受理|申请中|pending|examin|published|application/i;

/**
 * Sorts what a source says of the legal status into four. Everything that ended the right or the application counts as
 * lapsed, whatever else is said; a partly invalidated right is still in force.
 */
export function readLegalStatus(text: string): LegalStatus {
  const status = text.normalize('NFKC').trim();
  if (status === '') return 'unknown';
  if (PARTLY_INVALID.test(status)) return 'in-force';
  if (LAPSED.test(status)) return 'lapsed';
  if (IN_FORCE.test(status)) return 'in-force';
  return PENDING.test(status) ? 'pending' : 'unknown';
}

/** What a kind code says: what is protected, and whether this publication is a grant. */
export function readKind(
  country: string,
  kind: string,
  applicationDigit: string,
): { type: PatentType; granted: boolean } {
  const letter = kind.charAt(0);
  if (country === 'CN') {
    const byLetter = {
      A: 'invention',
      B: 'invention',
      C: 'invention',
      U: 'utility',
      Y: 'utility',
      S: 'design',
      D: 'design',
    };
    const byDigit = { 1: 'invention', 8: 'invention', 2: 'utility', 9: 'utility', 3: 'design' };
    const type =
      (byLetter as Record<string, PatentType>)[letter] ??
      (byDigit as Record<string, PatentType>)[applicationDigit] ??
      'other';
    return { type, granted: /^[BCUYSD]/.test(letter) };
  }
  if (country === 'WO') return { type: 'invention', granted: false };
  if (country === 'US' && letter === 'S') return { type: 'design', granted: true };
  const type: PatentType = /[UY]/.test(letter)
    ? 'utility'
    : /[SD]/.test(letter)
      ? 'design'
      : letter === ''
        ? 'other'
        : 'invention';
  return { type, granted: /^[BC]/.test(letter) || (country === 'US' && /^[EP]/.test(letter)) };
}

/** Type named in words, where a source has a column for it. */
export function readType(text: string): PatentType | null {
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (/实用新型|utility/.test(word)) return 'utility';
  if (/外观|design/.test(word)) return 'design';
  return /发明|invention/.test(word) ? 'invention' : null;
}
