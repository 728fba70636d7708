import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { getPatentValue, type PatentValue } from '../../contract/value.ts';
import { useNear } from '../near.ts';
import { useText } from '../text.ts';
import { Economic, Prices } from './economic.tsx';
import { Ground } from './ground.tsx';
import { Quality } from './quality.tsx';
import css from './value.module.css';

/** Term, fees and the value of a patent, with the evidence. Asked for only when the reader comes near. */
export function ValueSection({ number }: { number: string }) {
  const t = useText();
  const [place, near] = useNear<HTMLElement>();
  const found = useQuery({
    ...queryOf(getPatentValue, { params: { number }, query: {} }),
    enabled: near,
    staleTime: 60_000,
  });
  return (
    <section ref={place} className={css.section} aria-labelledby="value">
      <h2 id="value">{t('value.title')}</h2>
      {found.error && !found.data ? (
        <ErrorPanel error={found.error} what={t('value.title')} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton rows={8} />
      ) : (
        <>
          <p className={css.note}>{t('value.note', { day: found.data.asOf })}</p>
          <Terms value={found.data} />
          <Policy value={found.data} />
          <Economic value={found.data} />
          <Prices value={found.data} />
          <Quality quality={found.data.quality} />
        </>
      )}
    </section>
  );
}

function Terms({ value: { term, fees, feeSources } }: { value: PatentValue }) {
  const t = useText();
  const coming = fees.find((fee) => fee.state === 'coming');
  const late = fees.find((fee) => fee.state === 'grace');
  if (!term && fees.length === 0) return null;
  return (
    <Facts
      items={[
        {
          name: t('value.term'),
          value: term && (
            <>
              {term.endsOn}
              <span className={css.aside}>{t('value.termYears', { years: term.years })}</span>
              <Sourced source={term.source} />
            </>
          ),
        },
        {
          name: t('value.fee'),
          value: fees.length > 0 && (
            <>
              {coming && t('value.feeLine', { year: coming.year, due: coming.dueOn })}
              {coming && coming.yuan !== null && (
                <span className={css.aside}>{t('value.feeYuan', { yuan: formatNumber(coming.yuan) })}</span>
              )}
              {late && (
                <span className={css.warn}>
                  {t('value.late', { year: late.year, due: late.dueOn, until: late.graceUntil })}
                </span>
              )}
              {feeSources.map((source) => (
                <Sourced key={source.text} source={source} />
              ))}
            </>
          ),
        },
      ]}
    />
  );
}

function Policy({ value: { policy } }: { value: PatentValue }) {
  const t = useText();
  return (
    <section className={css.part} aria-labelledby="value-policy">
      <h3 id="value-policy">{t('value.policy')}</h3>
      <p>
        <Mark holds={policy.met} /> {policy.why}
      </p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('value.criterion')}</th>
            <th scope="col">{t('value.holds')}</th>
            <th scope="col">{t('value.why')}</th>
          </tr>
        </thead>
        <tbody>
          {policy.criteria.map((criterion) => (
            <tr key={criterion.key}>
              <th scope="row">{criterion.title}</th>
              <td className={css.short}>
                <Mark holds={criterion.holds} />
              </td>
              <td>
                {criterion.why}
                {criterion.evidence.map((one) => (
                  <span key={`${one.text} ${one.date}`} className={css.aside}>
                    {one.number ? (
                      <Link to="/patents/$number" params={{ number: one.number }}>
                        {one.text}
                      </Link>
                    ) : (
                      one.text
                    )}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Ground verified={policy.ruleSet.verified}>
        {t('value.ruleSet', {
          name: policy.ruleSet.name,
          from: policy.ruleSet.from,
          source: policy.ruleSet.source,
        })}
      </Ground>
    </section>
  );
}

/** Met, not met, or open: a word, with a colour beside it. */
function Mark({ holds }: { holds: boolean | null }) {
  const t = useText();
  return (
    <span className={css.mark} data-holds={String(holds)}>
      {t(holds === null ? 'value.met.null' : holds ? 'value.met.true' : 'value.met.false')}
    </span>
  );
}

function Sourced({ source }: { source: { text: string; verified: boolean } }) {
  const t = useText();
  return (
    <span className={css.aside}>
      {source.text}
      {!source.verified && <span className={css.tag}>{t('value.unverified')}</span>}
    </span>
  );
}
