import { Facts } from '#shell/components/facts.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type Item, useText } from '../text.ts';

type Guide = Item['guide'];

/** What of the implementation list the office has said: how it is conducted, where to come, whom to ask. Nothing where it has not. */
export function GuidePart({ item: { guide } }: { item: Item }) {
  return (
    <>
      <Conduct guide={guide} />
      <Places guide={guide} />
      <Duties guide={guide} />
    </>
  );
}

function Conduct({ guide }: { guide: Guide }) {
  const t = useText();
  const lang = useLang();
  const { conduct, codes, joint, entrustedBy, guidedBy, themes } = guide;
  const yes = (on: boolean) => t(on ? 'guide.yes' : 'guide.no');
  const list = (names: readonly { zh: string; en: string }[]) =>
    names.map((one) => one[lang]).join(t('comma'));
  const facts = [
    ...(conduct
      ? [
          { name: t('guide.type'), value: t(`guide.type.${conduct.type}`) },
          {
            name: t('guide.channels'),
            value: conduct.channels.map((one) => t(`guide.channel.${one}`)).join(t('comma')),
          },
          {
            name: t('guide.visits'),
            value: conduct.visitReason
              ? t('guide.visitsFor', { count: conduct.visits, why: conduct.visitReason[lang] })
              : t('guide.times', { count: conduct.visits }),
          },
          { name: t('guide.depth'), value: conduct.depth !== null && t(`guide.depth.${conduct.depth as 1}`) },
          { name: t('guide.scope'), value: t(`guide.scope.${conduct.scope}`) },
          { name: t('guide.appointment'), value: yes(conduct.appointment) },
          { name: t('guide.postIn'), value: yes(conduct.postIn) },
          { name: t('guide.postOut'), value: yes(conduct.postOut) },
          { name: t('guide.payment'), value: yes(conduct.payment) },
          { name: t('guide.quota'), value: conduct.quota?.[lang] },
          { name: t('guide.intermediary'), value: conduct.intermediary?.[lang] },
          { name: t('guide.special'), value: conduct.special?.[lang] },
        ]
      : []),
    { name: t('guide.joint'), value: joint.length > 0 && list(joint) },
    { name: t('guide.entrustedBy'), value: entrustedBy?.[lang] },
    { name: t('guide.guidedBy'), value: guidedBy?.[lang] },
    { name: t('guide.themes'), value: themes.length > 0 && list(themes) },
    ...codes.map(({ what, code }) => ({ name: t(`guide.code.${what}`), value: code })),
  ];
  if (!facts.some(({ value }) => value)) return null;
  return (
    <section className={css.part}>
      <h2>{t('guide.title')}</h2>
      <Facts items={facts} />
    </section>
  );
}

function Places({ guide: { places, contact } }: { guide: Guide }) {
  const t = useText();
  const lang = useLang();
  if (places.length === 0 && !contact) return null;
  const reached = ({ phone, web, address }: NonNullable<Guide['contact']>['ask']) =>
    [phone, web, address?.[lang]].filter(Boolean).join(t('semicolon'));
  return (
    <section className={css.part}>
      <h2>{t('guide.where')}</h2>
      {places.map(({ title, address, hours, transport, phone }) => (
        <Facts
          key={title.en}
          items={[
            { name: t('guide.window'), value: <strong>{title[lang]}</strong> },
            { name: t('guide.address'), value: address[lang] },
            { name: t('guide.hours'), value: hours[lang] },
            { name: t('guide.transport'), value: transport?.[lang] },
            { name: t('guide.phone'), value: phone },
          ]}
        />
      ))}
      {contact && (
        <Facts
          items={[
            { name: t('guide.ask'), value: reached(contact.ask) },
            { name: t('guide.complain'), value: reached(contact.complain) },
          ]}
        />
      )}
    </section>
  );
}

function Duties({ guide: { rights, duties } }: { guide: Guide }) {
  const t = useText();
  const lang = useLang();
  if (rights.length + duties.length === 0) return null;
  return (
    <section className={css.part}>
      <h2>{t('guide.rights')}</h2>
      <ul className={css.others}>
        {[...rights, ...duties].map((one) => (
          <li key={one.en}>{one[lang]}</li>
        ))}
      </ul>
    </section>
  );
}
