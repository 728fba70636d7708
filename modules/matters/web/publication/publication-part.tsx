import { Link } from '@tanstack/react-router';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** On the page of a matter: what of it everybody may read, or how far it is on its way there. */
export function PublicationPart({ matter, office }: { matter: Matter; office: boolean }) {
  const t = useText();
  const { publication } = matter;
  if (!publication) return null;
  const { id, state, on, until } = publication;
  return (
    <section className={css.part}>
      <h2>{t('publication.title')}</h2>
      <p>
        {t(`publication.is.${state ?? 'none'}`)}
        {on !== null && t('publication.days', { on, until: until ?? t('publication.noEnd') })}
      </p>
      <p className={`${css.links} no-print`}>
        {state === 'public' && id !== null && (
          <Link to="/publications/$id" params={{ id }}>
            {t('publication.read')}
          </Link>
        )}
        {office && (
          <Link to="/matters/$number/publication" params={{ number: matter.number }}>
            {t(state === null ? 'publication.prepare' : 'publication.open')}
          </Link>
        )}
      </p>
    </section>
  );
}
