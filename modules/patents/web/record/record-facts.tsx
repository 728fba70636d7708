import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { Facts } from '#shell/components/facts.tsx';
import type { PatentRecord } from '../../contract/record.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { useCodeWords, useStatusWord } from '../words.ts';
import { ClassSymbol } from './class-symbol.tsx';
import { OriginNote } from './origin.tsx';
import css from './record.module.css';

/** Bibliographic data as pairs of name and value; what the source did not give is left out. */
export function RecordFacts({ record }: { record: PatentRecord }) {
  const t = useText();
  const statusWord = useStatusWord();
  const codes = useCodeWords();
  const people = (names: readonly string[]) => (names.length > 0 ? names.join(t('listSemicolon')) : null);
  const from = (field: string, value: ReactNode) =>
    value === null || value === '' || value === false ? null : (
      <>
        {value}
        <OriginNote field={field} />
      </>
    );
  const otherTitles = record.titles.filter((one) => one.text !== record.title && one.text !== '');
  return (
    <section className={css.section} aria-labelledby="facts">
      <h2 id="facts">{t('record.facts')}</h2>
      <Facts
        items={[
          {
            name: t('record.otherTitles'),
            value:
              otherTitles.length > 0 &&
              from(
                'titles',
                otherTitles.map((one) => (
                  <span key={one.lang} className={css.line} lang={one.lang || undefined}>
                    {one.text}
                    {one.lang !== '' && <span className={css.lang}>{codes.language(one.lang)}</span>}
                  </span>
                )),
              ),
          },
          {
            name: t('record.applicants'),
            value:
              record.applicants.length > 0 &&
              from(
                'applicants',
                <List
                  items={record.applicants}
                  draw={(name) => <Applicant name={name} id={idOf(record, name)} />}
                />,
              ),
          },
          { name: t('record.inventors'), value: from('inventors', people(record.inventors)) },
          { name: t('record.address'), value: from('address', record.address) },
          { name: t('record.province'), value: from('province', record.province) },
          { name: t('record.region'), value: <Region record={record} /> },
          { name: t('record.application'), value: from('applicationNumber', record.applicationNumber) },
          { name: t('record.filed'), value: from('filingDate', record.filingDate) },
          { name: t('record.published'), value: from('publicationDate', record.publicationDate) },
          { name: t('record.grantedOn'), value: from('grantDate', record.grantDate) },
          {
            name: t('record.priorities'),
            value:
              record.priorities.length > 0 &&
              from(
                'priorities',
                record.priorities.map((one) => (
                  <span key={`${one.country}${one.number}`} className={css.line}>
                    {[one.number.startsWith(one.country) ? '' : one.country, one.number, one.date]
                      .filter(Boolean)
                      .join(' ')}
                  </span>
                )),
              ),
          },
          {
            name: t('record.status'),
            value: from(
              'legalStatus',
              <>
                {statusWord(record.legalStatus)}
                {record.legalStatusDate && ` ${record.legalStatusDate}`}
                {record.legalStatusText !== '' && (
                  <span className={css.note}>{t('record.asWritten', { text: record.legalStatusText })}</span>
                )}
              </>,
            ),
          },
          {
            name: 'IPC',
            value:
              record.ipc.length > 0 &&
              from(
                'ipc',
                <List items={record.ipc} draw={(symbol) => <ClassSymbol scheme="ipc" symbol={symbol} />} />,
              ),
          },
          {
            name: 'CPC',
            value:
              record.cpc.length > 0 &&
              from(
                'cpc',
                <List items={record.cpc} draw={(symbol) => <ClassSymbol scheme="cpc" symbol={symbol} />} />,
              ),
          },
          { name: t('record.agency'), value: from('agency', record.agency) },
          { name: t('record.agents'), value: from('agents', people(record.agents)) },
          {
            name: t('record.lang'),
            value: record.lang === '' ? null : from('lang', codes.language(record.lang)),
          },
        ]}
      />
      {record.masked && <p className={css.note}>{t('record.masked')}</p>}
      {!record.masked && <p className={css.note}>{t('record.unmasked')}</p>}
    </section>
  );
}

/** An organisation leads to its page with all it holds; persons are not searched by. */
function Applicant({ name, id }: { name: string; id: string | null }) {
  const t = useText();
  if (id === null) return name;
  return (
    <Link to="/patents/applicants/$id" params={{ id }} title={t('record.byApplicant', { name })}>
      {name}
    </Link>
  );
}

function idOf({ applicants, applicantIds }: PatentRecord, name: string): string | null {
  return applicantIds[applicants.indexOf(name)] ?? null;
}

function List({ items, draw }: { items: readonly string[]; draw: (item: string) => ReactNode }) {
  const t = useText();
  return [...new Set(items)].map((item, i) => (
    <Fragment key={item}>
      {i > 0 && t('listSemicolon')}
      {draw(item)}
    </Fragment>
  ));
}

/** The region, and how closely the address names it. */
function Region({ record }: { record: PatentRecord }) {
  const t = useText();
  const regions = useRegions();
  const { region, regionPrecision } = record;
  return (
    <>
      {region ? (
        <Link to="/patents" search={{ filter: `region:${region}` } as never}>
          {regions.nameOf(region)}
        </Link>
      ) : (
        t(record.address === '' ? 'record.noAddress' : 'region.outside')
      )}
      {region && regionPrecision !== 'none' && (
        <span className={css.note}>{t(`record.precision.${regionPrecision}`)}</span>
      )}
    </>
  );
}
