import type { CityPack } from '#kernel/city/schema';
import type { RewardRule } from '../../contract.ts';

type Item = CityPack['items'][number];

/** A rule as it is handed out. */
export function ruleShown(
  pack: CityPack,
  { basis, note, conditions, grades, ...rule }: CityPack['rewards'][number],
): RewardRule {
  const laws = new Map(pack.limits.laws.map(({ id, title }) => [id, title]));
  const bases = (list: Item['basis']) =>
    list.map(({ law, article, verified }) => ({ law: laws.get(law)!, article, verified }));
  return {
    ...rule,
    ...{ basis: bases(basis), note: note ?? null, grades: [...grades] },
    conditions: conditions.map(({ text, basis: by }) => ({ text, basis: bases(by) })),
  };
}

/** Rules on rewards of an item, as its guide shows them. */
export function rulesOf(pack: CityPack, { reward }: Item): RewardRule[] {
  return pack.rewards.filter(({ id }) => reward?.rules.includes(id)).map((rule) => ruleShown(pack, rule));
}
