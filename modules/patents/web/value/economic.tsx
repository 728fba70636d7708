import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { formatNumber, formatShare, NO_FIGURE } from '#shell/format';
import { type Amount, type PatentValue, type Score, strikeAmount } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { Ground } from './ground.tsx';
import { useRefreshValue } from './refresh.ts';
import css from './value.module.css';

const AssessDialog = lazy(async () => ({ default: (await import('./assess-dialog.tsx')).AssessDialog }));
const AmountDialog = lazy(async () => ({ default: (await import('./amount-dialog.tsx')).AmountDialog }));

/** Points by scenario, and sums that were assessed. */
export function Economic({ value }: { value: PatentValue }) {
  const t = useText();
  const { scheme, scores, amounts } = value.economic;
  const [scenario, setScenario] = useState(scores[0]?.scenario ?? '');
  const [assessing, setAssessing] = useState(false);
  const chosen = scores.find((s) => s.scenario === scenario);
  return (
    <section className={css.part} aria-labelledby="value-economic">
      <h3 id="value-economic">{t('value.economic')}</h3>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('value.scenario')}</th>
            <th scope="col" className={css.figure}>
              {t('value.points')}
            </th>
            <th scope="col" className={css.figure}>
              {t('value.grade')}
            </th>
            <th scope="col" className={css.figure}>
              {t('value.known')}
            </th>
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr key={score.scenario}>
              <th scope="row">
                <button
                  type="button"
                  className={css.choose}
                  aria-pressed={score.scenario === scenario}
                  onClick={() => setScenario(score.scenario)}
                >
                  {score.scenarioTitle}
                </button>
              </th>
              <td className={css.figure}>
                {score.points === null ? NO_FIGURE : formatNumber(score.points, 1)}
              </td>
              <td className={css.figure}>{score.grade ?? NO_FIGURE}</td>
              <td className={css.figure}>{formatShare(score.known, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && (
        <details className={css.items}>
          <summary>
            {t('value.items')} · {chosen.scenarioTitle}
          </summary>
          <Items score={chosen} />
        </details>
      )}
      <Ground verified={scheme.verified} show="scheme">
        {t('value.scheme', { name: scheme.name, source: scheme.source })}
      </Ground>
      <h4 className={css.small}>{t('value.amounts')}</h4>
      <Amounts amounts={amounts} may={value.mayAssess} />
      {value.mayAssess && (
        <p className={css.buttons}>
          <Button size="small" onClick={() => setAssessing(true)}>
            {t('value.assess')}
          </Button>
          <AddAmount number={value.number} kind="economic" />
        </p>
      )}
      <Suspense>{assessing && <AssessDialog value={value} onClose={() => setAssessing(false)} />}</Suspense>
    </section>
  );
}

/** Prices that were paid: apart from everything that was assessed. */
export function Prices({ value }: { value: PatentValue }) {
  const t = useText();
  return (
    <section className={css.part} aria-labelledby="value-prices">
      <h3 id="value-prices">{t('value.prices')}</h3>
      <Amounts amounts={value.prices} may={value.mayAssess} />
      {value.mayAssess && (
        <p className={css.buttons}>
          <AddAmount number={value.number} kind="price" />
        </p>
      )}
    </section>
  );
}

function AddAmount({ number, kind }: { number: string; kind: Amount['kind'] }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('value.add')}
      </Button>
      <Suspense>
        {open && <AmountDialog number={number} kind={kind} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

function Items({ score }: { score: Score }) {
  const t = useText();
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t('value.indicator')}</th>
          <th scope="col">{t('value.group')}</th>
          <th scope="col" className={css.figure}>
            {t('value.raw')}
          </th>
          <th scope="col" className={css.figure}>
            {t('value.points')}
          </th>
          <th scope="col" className={css.figure}>
            {t('value.weight')}
          </th>
        </tr>
      </thead>
      <tbody>
        {score.items.map((item) => (
          <tr key={item.key}>
            <th scope="row">{item.title}</th>
            <td>
              {t(`value.group.${item.group}`)} · {item.section}
            </td>
            <td className={css.figure}>
              {item.raw === null ? '' : formatNumber(item.raw, Number.isInteger(item.raw) ? 0 : 2)}
            </td>
            <td className={css.figure}>
              {item.points === null ? '' : formatNumber(item.points, 0)}
              <span className={css.aside}>{t(`value.by.${item.by}`)}</span>
            </td>
            <td className={css.figure}>{formatShare(item.weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Amounts({ amounts, may }: { amounts: readonly Amount[]; may: boolean }) {
  const t = useText();
  const refresh = useRefreshValue();
  const [striking, setStriking] = useState<Amount | null>(null);
  if (amounts.length === 0) return <p className={css.note}>{t('value.noAmounts')}</p>;
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.figure}>
              {t('value.amount')}
            </th>
            <th scope="col">{t('value.asOf')}</th>
            <th scope="col">{t('value.method')}</th>
            <th scope="col">{t('value.source')}</th>
            {may && <td />}
          </tr>
        </thead>
        <tbody>
          {amounts.map((one) => (
            <tr key={one.id} data-struck={one.struckAt !== null}>
              <td className={css.figure}>
                {t('value.yuan', { yuan: formatNumber(one.yuan, Number.isInteger(one.yuan) ? 0 : 2) })}
              </td>
              <td className={css.short}>{one.asOf}</td>
              <td>{one.method}</td>
              <td>
                {one.source}
                {one.by !== '' && <span className={css.aside}>{one.by}</span>}
                {one.struckReason && (
                  <span className={css.warn}>{t('value.struck', { reason: one.struckReason })}</span>
                )}
              </td>
              {may && (
                <td className={css.figure}>
                  {one.struckAt === null && (
                    <Button size="small" onClick={() => setStriking(one)}>
                      {t('value.strike')}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={striking !== null}
        title={t('value.strike')}
        action={t('value.strike')}
        danger
        reason={{ label: t('value.strikeReason'), min: 2 }}
        onConfirm={async (reason) => {
          await call(strikeAmount, { params: { id: striking!.id }, body: { reason } });
          await refresh();
        }}
        onClose={() => setStriking(null)}
      >
        <p>{t('value.strikeText')}</p>
      </ConfirmDialog>
    </>
  );
}
