import { shanghaiToday } from '#kernel/calendar/date';
import { accept, identifier, type RegionSpell, reject } from './check.ts';

const LEVELS: Record<number, string> = { 6: 'county-or-above', 9: 'town', 12: 'village' };

/** The spell in force on a day, else the one that ended last before it, else the first to come. */
function spellAt(spells: readonly RegionSpell[], day: string) {
  const started = spells.filter((s) => s.validFrom === null || s.validFrom <= day);
  const current = started.find((s) => s.validTo === null || s.validTo >= day);
  if (current) return { spell: current, status: 'current' };
  const ended = [...started].sort((a, b) => ((a.validTo ?? '') < (b.validTo ?? '') ? 1 : -1))[0];
  if (ended) return { spell: ended, status: 'former' };
  const [first] = [...spells].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1));
  return first ? { spell: first, status: 'future' } : null;
}

/**
 * Region code: six digits (GB/T 2260), nine for a town, twelve for a village. With `ctx.regions` the code must have
 * existed at some time; a former code is valid, since old records keep it, and `status` says how it stands on
 * `ctx.asOf`. Parts: `level`, `province`, `prefecture`, and with `ctx.regions` `name`, `validFrom`, `validTo`, `list`,
 * `status` (current, former, future), `successors` (comma-separated, or null).
 */
export const checkAdcode = identifier((text, ctx) => {
  const level = LEVELS[text.length];
  if (!level || !/^[1-9]\d+$/.test(text)) {
    return reject(
      'format',
      '行政区划代码应为 6 位数字（乡镇 9 位、村 12 位），如 320612',
      'A region code has six digits (a town nine, a village twelve), as in 320612',
    );
  }
  const parts = { level, province: `${text.slice(0, 2)}0000`, prefecture: `${text.slice(0, 4)}00` };
  if (!ctx.regions) return accept(text, parts);
  const found = spellAt(ctx.regions(text), ctx.asOf ?? ctx.today ?? shanghaiToday(new Date()));
  if (!found) {
    return reject(
      'unknown-code',
      `代码 ${text} 不在已载入的区划沿革中，请核对，或在城市数据包中补充`,
      `${text} is in no list of regions loaded here: check it, or add it to the city pack`,
      parts,
    );
  }
  const { spell, status } = found;
  return accept(text, {
    ...parts,
    name: spell.name,
    validFrom: spell.validFrom,
    validTo: spell.validTo,
    list: spell.list ?? null,
    status,
    successors: spell.successors.length > 0 ? spell.successors.join(',') : null,
  });
});
