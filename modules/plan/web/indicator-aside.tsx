import type { IndicatorDetail } from '#modules/plan/contract';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { DepartmentNames } from './departments.tsx';
import css from './indicator.module.css';
import { useText } from './text.ts';

/** Who answers, what exactly is counted, and by which rule the light is lit. */
export function IndicatorAside({ detail }: { detail: IndicatorDetail }) {
  const t = useText();
  const lang = useLang();
  const { rule, departmentsAsPrinted: printed, measures } = detail;
  return (
    <aside className={css.aside}>
      <section aria-labelledby="departments">
        <h2 id="departments">{t('aside.departments')}</h2>
        <h3>{t('reason.lead')}</h3>
        <p>
          <DepartmentNames departments={detail.lead} now />
        </p>
        <h3>{t('reason.assist')}</h3>
        <p>
          <DepartmentNames departments={detail.assist} now />
        </p>
        {(printed.lead || printed.assist) && (
          <details className={css.more}>
            <summary>{t('aside.asPrinted')}</summary>
            <p>
              {[printed.lead, printed.assist].filter(Boolean).join(lang === 'zh' ? '；' : '; ')}
              <span className={css.sub}>{t('aside.rows', { rows: printed.rows })}</span>
            </p>
          </details>
        )}
      </section>
      <section aria-labelledby="rule">
        <h2 id="rule">{t('aside.rule')}</h2>
        <p>{rule.text}</p>
        <p className={css.sub}>
          {t('aside.version', { version: rule.version, from: rule.from })}
          {rule.basis === 'official' ? t('aside.official') : t('aside.curated')}
          {rule.verified ? t('aside.verified') : t('aside.unverified')}
        </p>
      </section>
      {measures.length > 0 && (
        <section aria-labelledby="measure">
          <h2 id="measure">{t('aside.measure')}</h2>
          {measures.map((m) => (
            <Binding
              key={m.part ?? ''}
              binding={m}
              part={detail.parts?.find((p) => p.id === m.part)?.title}
            />
          ))}
        </section>
      )}
      <section aria-labelledby="light-rule">
        <h2 id="light-rule">{t('aside.lightRule')}</h2>
        <p>{detail.lightRule.text[lang]}</p>
      </section>
    </aside>
  );
}

/** What one number is measured by: the measure, and of a quotient what it is divided by, each with its rule. */
function Binding({
  binding,
  part,
}: {
  binding: IndicatorDetail['measures'][number];
  part: string | undefined;
}) {
  const t = useText();
  const { of, per, scale, since, note } = binding;
  const scaled =
    scale !== 1 && t('measured.scale', { scale: formatNumber(scale, Number.isInteger(scale) ? 0 : 2) });
  return (
    <div className={css.binding}>
      {part && <h3>{part}</h3>}
      {[of, per].map(
        (measure, i) =>
          measure && (
            <div key={measure.id + String(i)}>
              <h4>
                {per && <span className={css.role}>{t(i === 0 ? 'measured.of' : 'measured.per')}</span>}
                {measure.title}
              </h4>
              <p>
                {measure.rule}
                <span className={css.sub}>
                  <code>{measure.id}</code>
                </span>
              </p>
            </div>
          ),
      )}
      {(scaled || since) && (
        <p className={css.sub}>
          {[scaled, since && t('measured.since', { since })].filter(Boolean).join(' · ')}
        </p>
      )}
      <p>{note}</p>
    </div>
  );
}
