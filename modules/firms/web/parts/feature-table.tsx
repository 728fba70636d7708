import { DataTable } from '#shell/components/data-table.tsx';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { FEATURE_TEXT, type FeatureState } from '../../contract.ts';
import css from '../firms.module.css';
import { useText } from '../text.ts';

/** What was granted, what is used of it, what is left, and when counting begins anew. */
export function FeatureTable({ features }: { features: readonly FeatureState[] }) {
  const t = useText();
  const lang = useLang();
  return (
    <DataTable<FeatureState>
      caption={t('firm.features')}
      rows={features}
      rowKey={(f) => f.feature}
      empty={<p>{t('firm.noFeatures')}</p>}
      columns={[
        {
          id: 'feature',
          title: t('firm.feature'),
          cell: ({ feature }) => (
            <>
              {FEATURE_TEXT[feature].title[lang]}
              <span className={css.sub}>{FEATURE_TEXT[feature].unit[lang]}</span>
            </>
          ),
        },
        {
          id: 'limit',
          title: t('firm.limit'),
          align: 'right',
          cell: (f) => (f.limit === null ? t('firm.noLimit') : formatNumber(f.limit)),
        },
        { id: 'used', title: t('firm.used'), align: 'right', cell: (f) => formatNumber(f.used) },
        {
          id: 'left',
          title: t('firm.left'),
          align: 'right',
          cell: (f) => (f.left === null ? '—' : formatNumber(f.left)),
        },
        {
          id: 'resets',
          title: t('firm.resets'),
          align: 'right',
          cell: (f) => f.resetsOn ?? t('firm.atOnce'),
        },
      ]}
    />
  );
}
