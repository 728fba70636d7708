import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import {
  exportCsv,
  exportXlsx,
  listEntries,
  type RegisterView,
  registerSchema,
  templateXlsx,
} from '../../contract.ts';
import { BasisText, Verified } from '../marks.tsx';
import { NotHere } from '../not-here.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import { fieldsByKey, useRegister } from '../use-register.ts';
import css from './about.module.css';
import { FieldTable } from './field-table.tsx';

/** What a register is for, on what it rests, who keeps it, what stands in it, and how to get at its data. */
export function AboutPage() {
  const t = useText();
  const { register: id } = useParams({ strict: false }) as { register: string };
  const register = useRegister(id);
  if (register.error)
    return (
      <>
        <PageHeader title={t('about.title')} before={<Link to="/registers">{t('directory.title')}</Link>} />
        {register.error.status === 404 ? (
          <NotHere register={id} />
        ) : (
          <ErrorPanel
            error={register.error}
            what={t('about.title')}
            onRetry={() => void register.refetch()}
          />
        )}
      </>
    );
  if (!register.data) return <PageWait />;
  const r = register.data;
  return (
    <article className={css.page}>
      <PageHeader
        title={t('about.titleOf', { register: r.title })}
        subtitle={r.purpose}
        before={
          <>
            <Link to="/registers">{t('directory.title')}</Link>
            {' / '}
            <Link to="/registers/$register" params={{ register: r.id }}>
              {r.title}
            </Link>
          </>
        }
      />
      <Who register={r} />
      <Section title={t('about.basis')}>
        <ul className={css.list}>
          {r.basis.map((b) => (
            <li key={`${b.text} ${b.source}`}>
              {b.text}
              <span className={shared.sub}>
                {b.source}
                <Verified verified={b.verified} always />
              </span>
            </li>
          ))}
        </ul>
        {r.note && <p className={shared.note}>{r.note}</p>}
      </Section>
      <Section title={t('about.fields')}>
        <FieldTable register={r} />
      </Section>
      <Validity register={r} />
      <Ladder register={r} />
      <Measures register={r} />
      <OpenData register={r} />
    </article>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={shared.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Who({ register: r }: { register: RegisterView }) {
  const t = useText();
  return (
    <Section title={t('about.who')}>
      <Facts
        items={[
          { name: t('about.keeper'), value: t('about.keeperMay', { keeper: r.keeper }) },
          { name: t('about.counties'), value: t(`about.counties.${r.counties}`) },
          { name: t('about.everybody'), value: t(r.public ? 'about.public' : 'about.internal') },
          {
            name: t('about.you'),
            value: t(
              r.abilities.keep
                ? r.abilities.regions
                  ? 'directory.keepPart'
                  : 'directory.keep'
                : r.abilities.propose
                  ? r.abilities.regions
                    ? 'directory.proposePart'
                    : 'directory.propose'
                  : 'directory.read',
            ),
          },
          { name: t('about.numbers'), value: t('about.numbersText', { prefix: r.prefix }) },
        ]}
      />
    </Section>
  );
}

function Validity({ register: r }: { register: RegisterView }) {
  const t = useText();
  const fields = fieldsByKey(r);
  const label = (key: string) => fields.get(key)?.label ?? key;
  const { validity } = r;
  return (
    <Section title={t('about.validity')}>
      <ul className={css.list}>
        <li>{t('about.validFrom', { field: label(validity.from) })}</li>
        {validity.to && <li>{t('about.validTo', { field: label(validity.to) })}</li>}
        {validity.months !== null && <li>{t('about.validMonths', { months: validity.months })}</li>}
        {validity.to === null && validity.months === null && <li>{t('about.validOpen')}</li>}
        <li>{t(validity.expires ? 'about.expires' : 'about.expiresNot')}</li>
        <li>{t('about.remind', { days: validity.remind.join(t('listComma')) })}</li>
        {validity.basis && (
          <li>
            <BasisText basis={validity.basis} />
          </li>
        )}
      </ul>
      {r.rechecks.length > 0 && (
        <>
          <h3 className={css.sub}>{t('about.rechecks')}</h3>
          <ul className={css.list}>
            {r.rechecks.map((recheck) => (
              <li key={recheck.id}>
                {t('about.recheck', {
                  title: recheck.title,
                  months: recheck.months,
                  field: recheck.from.map(label).join(t('listComma')),
                })}
                <span className={shared.sub}>
                  {recheck.basis.text} · {recheck.basis.source}
                  <Verified verified={recheck.basis.verified} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Ladder({ register: r }: { register: RegisterView }) {
  const t = useText();
  if (!r.ladder) return null;
  return (
    <Section title={t('about.ladder')}>
      <p className={shared.note}>{t('about.ladderHelp')}</p>
      <ol className={css.ladder}>
        {r.ladder.steps.map((step) => (
          <li key={step.value}>
            <strong>{step.label}</strong>
            {step.criteria.length === 0 ? (
              <p className={shared.muted}>{t('ladder.noCriteria')}</p>
            ) : (
              <ul className={css.list}>
                {step.criteria.map((c) => (
                  <li key={c.id}>
                    {c.title}
                    {(c.from ?? c.to) && (
                      <span className={shared.muted}>
                        {' '}
                        {t('about.holds', {
                          from: c.from ?? t('validity.ever'),
                          to: c.to ?? t('validity.open'),
                        })}
                      </span>
                    )}
                    <span className={shared.sub}>
                      {c.basis.text} · {c.basis.source}
                      <Verified verified={c.basis.verified} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Measures({ register: r }: { register: RegisterView }) {
  const t = useText();
  return (
    <Section title={t('about.measures')}>
      {r.measures.length === 0 ? (
        <p className={shared.muted}>{t('about.noMeasures')}</p>
      ) : (
        <>
          <ul className={css.list}>
            {r.measures.map((m) => (
              <li key={m.id}>
                <strong>{m.title}</strong> <span className={shared.muted}>{m.unit}</span>
                <span className={css.rule}>{m.rule}</span>
                {m.indicators.length > 0 && (
                  <span className={css.indicators}>
                    {t('about.feeds')}
                    {m.indicators.map((i) => (
                      <Link
                        key={i.no}
                        to="/indicators/$no"
                        params={{ no: i.no.split(' ')[0] ?? i.no }}
                        className={shared.link}
                      >
                        {i.no} {i.title}
                      </Link>
                    ))}
                  </span>
                )}
                <span className={shared.sub}>
                  <code>{m.measure}</code>
                </span>
              </li>
            ))}
          </ul>
          <p>
            <Link to="/registers/$register/figures" params={{ register: r.id }}>
              {t('about.toFigures')}
            </Link>
          </p>
        </>
      )}
    </Section>
  );
}

function OpenData({ register: r }: { register: RegisterView }) {
  const t = useText();
  const params = { register: r.id };
  const links = [
    { endpoint: exportCsv, name: t('about.csv') },
    { endpoint: exportXlsx, name: t('about.xlsx') },
    { endpoint: registerSchema, name: t('about.schema') },
    { endpoint: templateXlsx, name: t('about.template') },
    { endpoint: listEntries, name: t('about.api') },
  ];
  return (
    <Section title={t('about.data')}>
      <p className={shared.note}>{t(r.public ? 'about.dataPublic' : 'about.dataInternal')}</p>
      <ul className={css.list}>
        {links.map(({ endpoint, name }) => {
          const url = fileUrl(endpoint, { params });
          return (
            <li key={endpoint.path}>
              <a href={url} className={shared.link}>
                {name}
              </a>
              <span className={shared.sub}>
                <code>GET {url}</code>
              </span>
            </li>
          );
        })}
      </ul>
      <p className={shared.note}>{t('about.schemaVersion', { version: r.schemaVersion })}</p>
    </Section>
  );
}
