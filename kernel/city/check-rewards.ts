import { checkUnique, type Draft } from './draft.ts';
import type { FaultCode, FaultParams, Path } from './faults.ts';
import { holdsAt } from './schema-basics.ts';
import type { ItemBasis, ServiceItem } from './schema-item.ts';
import type { PackText } from './source-text.ts';

/** Checks rewards.yaml: grades that can be told apart and reached, days in order, and laws that are known. */
export function checkRewards(draft: Draft): void {
  const text = draft.texts.get('rewards');
  if (!text) return;
  checkUnique(
    draft,
    'rewards',
    draft.rewards.map(({ value, path }) => ({ id: value.id, path: [...path, 'id'] })),
  );
  const laws = new Map(draft.limits?.laws.map((law) => [law.id, law]));
  const basis = (path: Path, { law, article, verified }: ItemBasis) => {
    const known = laws.get(law);
    if (!known)
      draft.faults.unknown({ text, path: [...path, 'law'] }, 'unknown-law', law, new Set(laws.keys()));
    else if (verified && !known.read)
      draft.faults.add({ text, path: [...path, 'verified'] }, 'item-basis-unread', { law, article });
  };
  for (const { value, path } of draft.rewards) {
    const add = (at: Path, code: FaultCode, params: FaultParams) =>
      draft.faults.add({ text, path: [...path, ...at] }, code, params);
    const { from, to, grades, cap } = value;
    if (to !== null && to < from) add(['to'], 'period-reversed', { from, to });
    checkUnique(
      draft,
      'rewards',
      grades.map(({ id }, i) => ({ id, path: [...path, 'grades', i, 'id'] })),
    );
    for (const [i, { id, floor }] of grades.entries())
      if (cap !== null && floor > cap) add(['grades', i, 'floor'], 'reward-floor', { id, floor, cap });
    if (!draft.limits) continue;
    for (const [i, one] of value.basis.entries()) basis([...path, 'basis', i], one);
    for (const [n, condition] of value.conditions.entries())
      for (const [i, one] of condition.basis.entries()) basis([...path, 'conditions', n, 'basis', i], one);
  }
}

/** Checks how an item grants a reward: an officer's step and a head's, and rules of which one holds on a day. */
export function checkItemReward(
  draft: Draft,
  text: PackText,
  { reward, actions, roles }: Pick<ServiceItem, 'reward' | 'actions' | 'roles'>,
): void {
  if (!reward) return;
  const known = (path: Path, code: FaultCode, id: string, all: Iterable<string>) => {
    const ids = new Set(all);
    if (ids.has(id)) return true;
    draft.faults.unknown({ text, path: ['reward', ...path] }, code, id, ids);
    return false;
  };
  for (const [key, side] of [
    ['propose', 'office'],
    ['grant', 'head'],
  ] as const) {
    const step = reward[key];
    const ids = actions.map(({ id }) => id);
    if (!known([key], 'item-unknown-action', step, ids)) continue;
    const by = actions.find(({ id }) => id === step)?.by;
    const role = roles.find(({ id }) => id === by);
    if (role && role.side !== side)
      draft.faults.add({ text, path: ['reward', key] }, 'item-reward-step', { step, role: role.title.zh });
  }
  // Where the file could not be read it was said there.
  if (!draft.texts.has('rewards') && draft.city?.files.rewards !== undefined) return;
  const rules = new Map(draft.rewards.map(({ value }) => [value.id, value]));
  const used: { id: string; from: string; to: string | null }[] = [];
  for (const [i, id] of reward.rules.entries()) {
    if (!known(['rules', i], 'item-unknown-reward', id, rules.keys())) continue;
    const { from, to } = rules.get(id)!;
    const other = used.find((one) => holdsAt(one, from) || holdsAt({ from, to }, one.from));
    if (other)
      draft.faults.add({ text, path: ['reward', 'rules', i] }, 'item-reward-overlap', {
        ...{ id, from, other: other.id },
      });
    used.push({ id, from, to });
  }
}
