import { ScrollBox } from '#shell/components/scroll-box.tsx';
import type { CriterionView, LadderView } from '../../contract.ts';
import { Verified } from '../marks.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import css from './entry.module.css';

const marks: Record<CriterionView['result'], string> = { met: '✔', failed: '✘', unknown: '？' };

/** Why the entry stands in its tier and what the next one asks for, criterion by criterion. */
export function EntryLadder({ ladder }: { ladder: LadderView }) {
  const t = useText();
  const judged = ladder.steps.filter((s) => s.position === 'current' || s.position === 'next');
  const others = ladder.steps.filter((s) => s.position === 'below' || s.position === 'above');
  return (
    <section className={shared.section} aria-labelledby="entry-ladder">
      <h2 id="entry-ladder">{t('ladder.title')}</h2>
      <ol className={css.steps}>
        {ladder.steps.map((step) => (
          <li
            key={step.value}
            data-position={step.position}
            aria-current={step.position === 'current' ? 'step' : undefined}
          >
            {step.label}
          </li>
        ))}
      </ol>
      <p className={css.summary}>{ladder.summary}</p>
      {judged.map((step) => (
        <Step key={step.value} step={step} />
      ))}
      {others.some((s) => s.criteria.length > 0) && (
        <details className={css.more}>
          <summary>{t('ladder.others')}</summary>
          {others
            .filter((s) => s.criteria.length > 0)
            .map((step) => (
              <Step key={step.value} step={step} />
            ))}
        </details>
      )}
    </section>
  );
}

function Step({ step }: { step: LadderView['steps'][number] }) {
  const t = useText();
  return (
    <>
      <h3 className={css.stepTitle}>
        {t(`ladder.${step.position}`)}
        {step.label}
      </h3>
      {step.criteria.length === 0 ? (
        <p className={shared.muted}>{t('ladder.noCriteria')}</p>
      ) : (
        <ScrollBox label={step.label}>
          <table className={`${shared.table} ${css.criteria}`}>
            <thead>
              <tr>
                <th scope="col">{t('ladder.result')}</th>
                <th scope="col">{t('ladder.criterion')}</th>
                <th scope="col">{t('ladder.found')}</th>
                <th scope="col">{t('ladder.basis')}</th>
              </tr>
            </thead>
            <tbody>
              {step.criteria.map((c) => (
                <tr key={c.id}>
                  <td className={css.result} data-result={c.result}>
                    <span aria-hidden="true">{marks[c.result]}</span> {t(`ladder.result.${c.result}`)}
                  </td>
                  <th scope="row">{c.title}</th>
                  <td>{c.found}</td>
                  <td>
                    {c.basis}
                    <Verified verified={c.verified} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </>
  );
}
