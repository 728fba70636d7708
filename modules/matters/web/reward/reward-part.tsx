import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { RewardSum } from './reward-sum.tsx';

/** What was proposed or granted as a reward in a matter. */
export function RewardPart({ matter: { reward } }: { matter: Matter }) {
  const t = useText();
  const shown = reward?.granted ?? reward?.proposed;
  if (!shown) return null;
  return (
    <section className={css.part}>
      <h2>{t(reward?.granted ? 'reward.granted' : 'reward.proposed')}</h2>
      <RewardSum reward={shown} />
    </section>
  );
}
