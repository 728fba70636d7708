import { parseRule } from '#kernel/calendar/due';
import { checkUnique, type Draft } from './draft.ts';

/** Checks limits.yaml: ids, what a limit refers to, periods that can be counted, nothing verified in a law that was not read. */
export function checkLimits(draft: Draft): void {
  const text = draft.texts.get('limits');
  const { limits: file, faults } = draft;
  if (!text || !file) return;
  for (const list of ['procedures', 'laws', 'limits'] as const)
    checkUnique(
      draft,
      'limits',
      file[list].map((entry, i) => ({ id: entry.id, path: [list, i, 'id'] })),
    );
  const laws = new Map(file.laws.map((law) => [law.id, law]));
  const procedures = new Set(file.procedures.map((procedure) => procedure.id));
  for (const [i, law] of file.laws.entries())
    if (law.from !== null && law.to !== null && law.from > law.to)
      faults.add({ text, path: ['laws', i, 'to'] }, 'period-reversed', { from: law.from, to: law.to });
  for (const [i, limit] of file.limits.entries()) {
    const place = (...path: (string | number)[]) => ({ text, path: ['limits', i, ...path] });
    if (!procedures.has(limit.procedure))
      faults.unknown(place('procedure'), 'unknown-procedure', limit.procedure, procedures);
    const law = laws.get(limit.law);
    if (!law) faults.unknown(place('law'), 'unknown-law', limit.law, new Set(laws.keys()));
    else if (limit.verified && !law.read)
      faults.add(place('verified'), 'limit-law-unread', { id: limit.id, law: law.id });
    const rules = [limit.rule, ...limit.extensions.map((extension) => extension.rule)];
    for (const [n, rule] of rules.entries()) {
      try {
        parseRule(rule);
      } catch {
        faults.add(n === 0 ? place('rule') : place('extensions', n - 1, 'rule'), 'limit-too-long', { rule });
      }
    }
  }
}
