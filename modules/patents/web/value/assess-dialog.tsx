import { InputNumber } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { assessPatent, type PatentValue } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { useRefreshValue } from './refresh.ts';
import css from './value.module.css';

/** Scores for the indicators that are not computed. What is left empty stays as it is. */
export function AssessDialog({ value, onClose }: { value: PatentValue; onClose: () => void }) {
  const t = useText();
  const refresh = useRefreshValue();
  const [scores, setScores] = useState<Record<string, number>>({});
  const items = new Map(
    value.economic.scores
      .flatMap((score) => score.items)
      .filter((item) => item.by === 'expert' || item.by === 'missing')
      .map((item) => [item.key, item]),
  );
  return (
    <ConfirmDialog
      open
      title={t('value.assess')}
      action={t('value.save')}
      reason={{
        label: t('value.reason'),
        min: Object.keys(scores).length > 0 ? 2 : Number.POSITIVE_INFINITY,
      }}
      onConfirm={async (reason) => {
        await call(assessPatent, { params: { number: value.number }, body: { scores, reason } });
        await refresh();
      }}
      onClose={onClose}
    >
      <p className={css.note}>{t('value.assessNote')}</p>
      {[...items.values()].map((item) => (
        <div key={item.key} className={css.score}>
          <label htmlFor={`score-${item.key}`}>
            {item.title}
            <span className={css.aside}>
              {t(`value.group.${item.group}`)} · {item.section}
            </span>
          </label>
          <InputNumber
            id={`score-${item.key}`}
            min={0}
            max={100}
            placeholder={item.points === null ? '' : String(item.points)}
            value={scores[item.key] ?? null}
            onChange={(points) => {
              const { [item.key]: _, ...rest } = scores;
              setScores(points === null ? rest : { ...rest, [item.key]: points });
            }}
          />
        </div>
      ))}
    </ConfirmDialog>
  );
}
