import { openDataCatalogue, openDataCsv, openDataJson, type PlanFrame } from '#modules/plan/contract';
import { fileUrl } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import css from './board.module.css';
import { useText } from './text.ts';

/** Where the board comes from, by which rules its lights are lit, and the board as data. */
export function BoardFoot({
  plan,
  asOf,
  place,
}: {
  plan: PlanFrame;
  asOf: string;
  place: { asOf?: string; region?: string };
}) {
  const t = useText();
  const lang = useLang();
  const { source } = plan;
  return (
    <footer className={css.boardFoot}>
      <p>
        {t('board.source', {
          title: source.title,
          issuer: [source.issuer, source.number, source.date].filter(Boolean).join(' '),
          asOf,
        })}
      </p>
      <details>
        <summary>{t('board.rules')}</summary>
        <dl className={css.rules}>
          {plan.lightRules.map((rule) => (
            <div key={rule.id}>
              <dt>{rule.kinds.map((k) => t(kindKey(k))).join(lang === 'zh' ? '、' : ', ')}</dt>
              <dd>{rule.text[lang]}</dd>
            </div>
          ))}
        </dl>
      </details>
      <p className="no-print">
        <span className={css.openData}>{t('board.openData')}</span>
        <a href={fileUrl(openDataCsv, { query: place })} download>
          CSV
        </a>
        <a href={fileUrl(openDataJson, { query: place })} download>
          JSON
        </a>
        <a href={fileUrl(openDataCatalogue, {})}>{t('board.catalogue')}</a>
        <PlainButton onClick={() => window.print()}>{t('board.print')}</PlainButton>
      </p>
    </footer>
  );
}

const kindKeys = {
  cumulative: 'kind.cumulative',
  stock: 'kind.stock',
  share: 'kind.share',
  rate: 'kind.rate',
  range: 'kind.range',
  floor: 'kind.floor',
  milestone: 'kind.milestone',
  composite: 'kind.composite',
} as const;

/** Key of a kind's word; a kind that a newer pack may bring is shown as an ordinary number. */
export function kindKey(kind: string): (typeof kindKeys)[keyof typeof kindKeys] {
  return kindKeys[kind as keyof typeof kindKeys] ?? 'kind.stock';
}
