import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type Form, useText } from '../text.ts';
import { Source } from './differences.tsx';

/** Which body will have what is about to be handed in, and why: seen before the press. */
export function RoutingNotice({ form: { portal, routing } }: { form: Form }) {
  const t = useText();
  const lang = useLang();
  const { office, why, source } = routing;
  return (
    <Notice title={t('routing.title', { office: office.name[lang] })}>
      <p className={css.said}>
        {t(`routing.${why}`, { portal: portal?.title[lang] ?? '' })}
        {source && (
          <>
            {t('routing.basis')}
            <Source of={{ ...source, source: source.title }} />
          </>
        )}
      </p>
      {portal?.note && <p className={css.said}>{portal.note[lang]}</p>}
    </Notice>
  );
}
