import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { Facts } from '#shell/components/facts.tsx';
import type { PatentRecord } from '../../contract.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { useStatusWord } from '../words.ts';
import css from './record.module.css';

/** An IPC symbol that can be searched by; designs carry other classes. */
const IPC = /^[A-H]\d{2}[A-Z]/;

/** Bibliographic data as pairs of name and value; what the source did not give is left out. */
export function RecordFacts({ record }: { record: PatentRecord }) {
  const t = useText();
  const statusWord = useStatusWord();
  const semicolon = t('listSemicolon');
  const people = (names: readonly string[]) => (names.length > 0 ? names.join(semicolon) : null);
  return (
    <section className={css.section} aria-labelledby="facts">
      <h2 id="facts">{t('record.facts')}</h2>
      <Facts
        items={[
          {
            name: t('record.applicants'),
            value: record.applicants.length > 0 && (
              <List
                items={record.applicants}
                draw={(name) =>
                  // A masked name stands for a person, and persons are not searched by.
                  name.includes('*') ? (
                    name
                  ) : (
                    <Link
                      to="/patents"
                      search={{ q: `PA="${name}"` } as never}
                      title={t('record.byApplicant', { name })}
                    >
                      {name}
                    </Link>
                  )
                }
              />
            ),
          },
          { name: t('record.inventors'), value: people(record.inventors) },
          { name: t('record.address'), value: record.address || null },
          { name: t('record.region'), value: <Region record={record} /> },
          { name: t('record.application'), value: record.applicationNumber || null },
          { name: t('record.filed'), value: record.filingDate },
          { name: t('record.published'), value: record.publicationDate },
          {
            name: t('record.status'),
            value: (
              <>
                {statusWord(record.legalStatus)}
                {record.legalStatusDate && ` ${record.legalStatusDate}`}
                {record.legalStatusText !== '' && (
                  <span className={css.note}>{t('record.asWritten', { text: record.legalStatusText })}</span>
                )}
              </>
            ),
          },
          {
            name: 'IPC',
            value: record.ipc.length > 0 && (
              <List
                items={record.ipc}
                draw={(symbol) =>
                  IPC.test(symbol) ? (
                    <Link
                      to="/patents"
                      search={{ q: `IPC=${symbol.replace(/\s/g, '')}` } as never}
                      title={t('record.byClass', { symbol })}
                    >
                      {symbol}
                    </Link>
                  ) : (
                    symbol
                  )
                }
              />
            ),
          },
          { name: 'CPC', value: people(record.cpc) },
          { name: t('record.agency'), value: record.agency || null },
          { name: t('record.agents'), value: people(record.agents) },
          { name: t('record.family'), value: record.familyId || null },
        ]}
      />
      {record.masked && <p className={css.note}>{t('record.masked')}</p>}
      {!record.masked && <p className={css.note}>{t('record.unmasked')}</p>}
    </section>
  );
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
