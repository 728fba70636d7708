import { Notice } from '#shell/components/form.tsx';
import { type Reward, rewardText } from '../../contract.ts';
import { type Matter, useText } from '../text.ts';
import { RewardSum } from './reward-sum.tsx';

/** What a head would grant with a step: the sum that was proposed, with its mark; nothing with other steps. */
export function RewardDecision({ matter, step }: { matter: Matter; step: string }) {
  const t = useText();
  const reward = granting(matter, step);
  if (!reward) return null;
  return (
    <>
      <p>{t('reward.decides')}</p>
      <RewardSum reward={reward} />
      {!reward.rule.verified && <Notice tone="attention" title={t('reward.confirm')} />}
    </>
  );
}

/** The computation as text for the decision, to be put in with a press; null with other steps. */
export function useRewardInsert(matter: Matter, step: string): { label: string; text: string } | null {
  const t = useText();
  const reward = granting(matter, step);
  return reward && { label: t('reward.insert'), text: rewardText(reward) };
}

function granting({ reward }: Matter, step: string): Reward | null {
  return reward?.grant === step ? reward.proposed : null;
}
