import { Link } from '@tanstack/react-router';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type Item, type Row, type Summary, useText } from '../text.ts';

type Portal = NonNullable<Item['portal']>;

/** The way back from a guide: to the catalogue of the portal in which somebody is, else to that of the city. */
export function BackToCatalogue({
  portal,
  shown,
}: {
  portal: string | undefined;
  shown: Portal | null | undefined;
}) {
  const t = useText();
  const lang = useLang();
  if (portal === undefined) return <Link to="/services">{t('back')}</Link>;
  return (
    <Link to="/portals/$portal" params={{ portal }}>
      {shown ? t('portal.title', { portal: shown.title[lang] }) : t('portal.back')}
    </Link>
  );
}

/** From the guide of a portal to that of the city. */
export function CityGuide({ id }: { id: string }) {
  const t = useText();
  return (
    <Link to="/services/$id" params={{ id }}>
      {t('portal.cityGuide')}
    </Link>
  );
}

/** In which portal somebody is, and what is to be known of it. */
export function InPortal({ portal }: { portal: Portal | null }) {
  const t = useText();
  const lang = useLang();
  if (!portal) return null;
  return (
    <Notice title={t('portal.in', { portal: portal.title[lang] })}>
      {portal.note && <p className={css.said}>{portal.note[lang]}</p>}
    </Notice>
  );
}

/** Items of the city that are not to be had at the portal: why, and the way to them. */
export function LeftOut({
  list,
}: {
  list: readonly (Pick<Item, 'id' | 'title'> & { reason: Item['title'] })[];
}) {
  const t = useText();
  const lang = useLang();
  if (list.length === 0) return null;
  return (
    <section className={css.part}>
      <h2>{t('portal.except')}</h2>
      <ul>
        {list.map(({ id, title, reason }) => (
          <li key={id}>
            <Link to="/services/$id" params={{ id }}>
              {title[lang]}
            </Link>
            {t('colon')}
            {reason[lang]}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In a list: in what an item differs from the city. */
export function DiffersIn({ item: { differs } }: { item: Summary }) {
  const t = useText();
  if (differs.length === 0) return null;
  const list = differs.map(({ what }) => t(`differs.${what}`)).join(t('comma'));
  return <span className={css.differs}>{t('differs.in', { list })}</span>;
}

/** In a list: through which portal a matter came, and the last time that it was handed to another body. */
export function Whence({ row: { portal, transfer } }: { row: Row }) {
  const t = useText();
  const lang = useLang();
  return (
    <>
      {portal && <span className={css.purpose}>{t('desk.through', { portal: portal.title[lang] })}</span>}
      {transfer && (
        <span className={css.purpose}>
          {t('desk.moved', { on: transfer.on, from: transfer.from[lang], to: transfer.to[lang] })}
        </span>
      )}
    </>
  );
}

/** From the catalogue of a portal to that of the city. */
export function CityCatalogue() {
  const t = useText();
  return <Link to="/services">{t('portal.city')}</Link>;
}
