import { useState } from 'react';
import { SelectField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { DIALECTS, type Dialect } from '../../query/ast.ts';
import { printQuery } from '../../query/print.ts';
import { useText } from '../text.ts';
import css from './query.module.css';
import type { LocalReading } from './read.ts';

/** What a conversion did: the language, what that language cannot say, and the text before. */
interface Converted {
  to: Dialect;
  lost: string[];
  before: string;
  beforeDialect: Dialect | undefined;
  after: string;
}

/** Chooses the language of the query, says which one was recognised, and writes the query in another one. */
export function DialectBar({
  text,
  dialect,
  recognised,
  reading,
  onDialect,
  onConverted,
}: {
  text: string;
  dialect: Dialect | undefined;
  recognised: Dialect;
  reading: LocalReading;
  onDialect: (dialect: Dialect | undefined) => void;
  onConverted: (text: string, dialect: Dialect) => void;
}) {
  const t = useText();
  const lang = useLang();
  const [done, setDone] = useState<Converted | null>(null);
  const names = DIALECTS.map((d) => ({ value: d, label: t(`dialect.${d}`) }));

  function convert(to: Dialect) {
    if (reading.state !== 'good') return;
    const printed = printQuery(reading.parsed.expr, to);
    setDone({
      to,
      lost: printed.lost.map((l) => l[lang]),
      before: text,
      beforeDialect: dialect,
      after: printed.text,
    });
    onConverted(printed.text, to);
  }

  return (
    <>
      <SelectField
        label={t('query.dialect')}
        value={dialect}
        all={
          text.trim() === '' ? t('query.auto') : t('query.recognised', { name: t(`dialect.${recognised}`) })
        }
        choices={names}
        onChange={(value) => onDialect(DIALECTS.find((d) => d === value))}
      />
      {reading.state === 'good' && (
        <SelectField
          label={t('query.convert')}
          value={undefined}
          all={t('query.convertTo')}
          choices={names.filter((n) => n.value !== recognised)}
          onChange={(value) => {
            const to = DIALECTS.find((d) => d === value);
            if (to) convert(to);
          }}
        />
      )}
      {done && done.after === text && (
        <div className={css.converted}>
          <Notice tone={done.lost.length > 0 ? 'attention' : 'done'}>
            <p>
              {done.lost.length > 0
                ? t('query.lost', {
                    name: t(`dialect.${done.to}`),
                    what: done.lost.join(t('listComma')),
                  })
                : t('query.converted', { name: t(`dialect.${done.to}`) })}{' '}
              <button
                type="button"
                className={css.quiet}
                onClick={() => {
                  onConverted(done.before, done.beforeDialect ?? recognised);
                  setDone(null);
                }}
              >
                {t('query.back')}
              </button>
            </p>
          </Notice>
        </div>
      )}
    </>
  );
}
