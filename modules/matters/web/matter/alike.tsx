import { Link } from '@tanstack/react-router';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { type Matter, useText } from '../text.ts';

/** For the office: other matters of the item about the same right, so that nothing is granted twice; or that there are none. */
export function Alike({ matter }: { matter: Matter }) {
  const t = useText();
  const lang = useLang();
  const { by, matters, more } = matter.alike;
  if (by.length === 0) return null;
  const same = by.map(({ label, value }) => `${label[lang]} ${value}`).join(t('comma'));
  if (matters.length === 0) return <Notice title={t('alike.none', { same })} />;
  return (
    <Notice tone="attention" title={t('alike.title', { same })}>
      <ul>
        {matters.map(({ number, name, subject, state, openedOn, endedOn }) => (
          <li key={number}>
            <Link to="/matters/$number" params={{ number }}>
              {number}
            </Link>
            {t('alike.one', { name, subject, state: state[lang], on: openedOn })}
            {endedOn !== null && t('alike.ended', { on: endedOn })}
          </li>
        ))}
      </ul>
      {more && <p>{t('alike.more', { count: matters.length })}</p>}
      <p>{t('alike.text')}</p>
    </Notice>
  );
}
