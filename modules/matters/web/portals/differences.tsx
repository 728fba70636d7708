import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Item, useText } from '../text.ts';

type Difference = Item['differs'][number];

/** In what a portal differs from the city in one item: what holds here, what holds there, and where it stands. */
export function Differences({ item }: { item: Item }) {
  const t = useText();
  const lang = useLang();
  if (!item.portal) return null;
  return (
    <section className={css.part}>
      <h2>{t('differs')}</h2>
      {item.differs.length === 0 ? (
        <p className={css.muted}>{t('differs.none', { portal: item.portal.title[lang] })}</p>
      ) : (
        <ScrollBox label={t('differs')}>
          <table className={css.steps}>
            <Heads columns={['differs.what', 'differs.here', 'differs.city', 'differs.source']} />
            <tbody>
              {item.differs.map((one) => (
                <tr key={one.what}>
                  <th scope="row">{t(`differs.${one.what}`)}</th>
                  <td data-label={t('differs.here')}>{one.here[lang]}</td>
                  <td data-label={t('differs.city')}>{one.city?.[lang] ?? t('differs.unsaid')}</td>
                  <td data-label={t('differs.source')}>
                    <Source of={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

/** Where it stands; what nobody read is marked. */
export function Source({ of }: { of: Pick<Difference, 'source' | 'article' | 'verified'> }) {
  const t = useText();
  return (
    <>
      {of.source}
      {of.article !== null && ` ${of.article}`}
      {!of.verified && <span className={css.unverified}>{t('unverifiedMark')}</span>}
    </>
  );
}

/** Beside a value that is the portal’s own: that it is, and the city’s. */
export function CityValue({ item, what }: { item: Item; what: Difference['what'] }) {
  const t = useText();
  const lang = useLang();
  const found = item.differs.find((one) => one.what === what);
  if (!found) return null;
  return (
    <span className={css.differs}>
      {t('differs.mark', { city: found.city?.[lang] ?? t('differs.unsaid') })}
    </span>
  );
}
