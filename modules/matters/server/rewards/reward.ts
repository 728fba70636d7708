import { type CityPack, holdsAt } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import { type getMatter, type Reward, type RewardIn, rewardOf } from '../../contract.ts';
import type { MatterContext } from '../matters/context.ts';
import { matterError } from '../matters/errors.ts';
import type { FoundMatter, MatterFile } from '../matters/file.ts';
import { sightOf } from '../matters/seen.ts';
import { ruleShown } from './rules.ts';

/** The rule that held on the day on which a matter was opened; its figures are those of today's pack, as with limits. */
export function ruleOf(
  pack: CityPack,
  { row, definition: { item } }: MatterFile,
): CityPack['rewards'][number] | undefined {
  return pack.rewards.find((rule) => item.reward?.rules.includes(rule.id) && holdsAt(rule, row.openedOn));
}

/** The last reward that a step entered. */
function lastBy({ log }: MatterFile, step: string | undefined): Reward | null {
  const entry = log.findLast(({ action, content }) => action === step && content.reward !== undefined);
  return entry?.content.reward ?? null;
}

/**
 * What a step enters of a reward: computed with the one that proposes it, what was proposed last with the one that grants it; undefined
 * for other steps. Throws `matters_reward_rule`, `matters_reward`.
 */
export function rewardOfStep(
  { platform }: MatterContext,
  file: MatterFile,
  step: string,
  given: RewardIn | undefined,
): Reward | undefined {
  const { reward } = file.definition.item;
  if (step !== reward?.propose) {
    if (given) throw matterError('matters_reward', wrong('这一步不计算奖励', 'this step computes none'));
    const granted = step === reward?.grant ? lastBy(file, reward.propose) : null;
    return granted ?? undefined;
  }
  const rule = ruleOf(platform.pack, file);
  if (!rule) throw matterError('matters_reward_rule', { on: file.row.openedOn });
  if (!given)
    throw matterError('matters_reward', wrong('请选定等级，填写金额', 'choose a grade and give the sum'));
  const computed = rewardOf(ruleShown(platform.pack, rule), given);
  if (!computed)
    throw matterError(
      'matters_reward',
      wrong(
        '标准中没有这个等级，或者没有关于内部人员的规定',
        'the rule has no such grade, or knows no insiders',
      ),
    );
  return computed;
}

const wrong = (why: string, why_en: string) => ({ why, why_en });

/** What of a reward an asker sees: the office rule and proposal, whoever is told of the decision what was granted. */
export function rewardView(
  { platform: { pack } }: MatterContext,
  found: FoundMatter,
): EndpointResponse<typeof getMatter>['reward'] {
  const { item } = found.definition;
  if (!item.reward) return null;
  const { propose, grant } = item.reward;
  const sight = sightOf(found);
  const granting = found.log.findLast(({ action }) => action === grant);
  const granted = granting && sight.note(granting) ? lastBy(found, grant) : null;
  if (!found.standing.reads) return granted && { ...{ propose, grant, rule: null, proposed: null }, granted };
  const rule = ruleOf(pack, found);
  return {
    ...{ propose, grant, rule: rule ? ruleShown(pack, rule) : null },
    ...{ proposed: lastBy(found, propose), granted },
  };
}
