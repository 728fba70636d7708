import { useId } from 'react';
import { DayField, PlainButton } from '#shell/components/fields.tsx';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from './list.module.css';

/** Of which day the list speaks, and as the platform knew it when. Folded away: most of the time it is today. */
export function Moment({
  search,
  onChange,
}: {
  search: ListSearch;
  onChange: (change: Partial<ListSearch>) => void;
}) {
  const t = useText();
  const id = useId();
  const set = search.on !== undefined || search.known !== undefined;
  return (
    <details className={css.fold}>
      <summary>
        {t('moment.title')}
        {set && (
          <span className={css.foldValue}>{[search.on, search.known].filter(Boolean).join(' / ')}</span>
        )}
      </summary>
      <fieldset className={css.panel} aria-describedby={id}>
        <legend className="visually-hidden">{t('moment.title')}</legend>
        <div className={css.panelLine}>
          <DayField
            label={t('moment.on')}
            value={search.on}
            onChange={(on) => onChange({ on, page: undefined })}
          />
          {search.on && (
            <PlainButton onClick={() => onChange({ on: undefined, page: undefined })}>
              {t('moment.clearOn')}
            </PlainButton>
          )}
        </div>
        <div className={css.panelLine}>
          <DayField
            label={t('moment.known')}
            value={search.known}
            onChange={(known) => onChange({ known, page: undefined })}
          />
          {search.known && (
            <PlainButton onClick={() => onChange({ known: undefined, page: undefined })}>
              {t('moment.clearKnown')}
            </PlainButton>
          )}
        </div>
        <div id={id} className={css.explain}>
          <p>{t('moment.onHelp')}</p>
          <p>{t('moment.knownHelp')}</p>
        </div>
      </fieldset>
    </details>
  );
}
