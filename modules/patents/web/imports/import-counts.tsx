import { formatNumber, formatShare } from '#shell/format';
import type { PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

const PARTS = ['accepted', 'updated', 'unchanged', 'rejected'] as const;

/** The four outcomes of a row; together they are all rows read. */
export function ImportCounts({ one }: { one: PatentImport }) {
  const t = useText();
  const { counts } = one;
  return (
    <section className={css.section} aria-labelledby="counts">
      <h2 id="counts">{t('counts.title')}</h2>
      <div className={css.counts}>
        <Count name={t('count.read')} value={counts.read} note={t('counts.readNote')} />
        {PARTS.map((part, i) => (
          <Count
            key={part}
            sign={i === 0 ? '=' : '+'}
            name={t(`count.${part}`)}
            value={counts[part]}
            note={t(`counts.${part}Note`)}
            part={part}
          />
        ))}
      </div>
      {counts.read > 0 && (
        <div className={css.stack} aria-hidden="true">
          {PARTS.filter((part) => counts[part] > 0).map((part) => (
            <span
              key={part}
              data-part={part}
              style={{ flexGrow: counts[part] }}
              title={`${t(`count.${part}`)} ${formatShare(counts[part] / counts.read)}`}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function Count({
  sign,
  name,
  value,
  note,
  part,
}: {
  sign?: string;
  name: string;
  value: number;
  note: string;
  part?: string;
}) {
  return (
    <div className={css.count} data-part={part}>
      {sign && (
        <span className={css.sign} aria-hidden="true">
          {sign}
        </span>
      )}
      <dl>
        <dt>{name}</dt>
        <dd>
          <strong>{formatNumber(value)}</strong>
          <span className={css.note}>{note}</span>
        </dd>
      </dl>
    </div>
  );
}
