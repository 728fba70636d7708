import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useContext, useEffect, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { getPatent, type PatentRecord } from '../../contract/record.ts';
import { CopyButton } from '../copy-button.tsx';
import { lastSearch } from '../last-search.ts';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import { ValueSection } from '../value/value-section.tsx';
import { useTypeWord } from '../words.ts';
import { dealingsOf } from './event-kinds.ts';
import { Dealings, Events } from './events.tsx';
import { OriginNote, Origins, useOrigins } from './origin.tsx';
import css from './record.module.css';
import { Source } from './record-aside.tsx';
import { RecordFacts } from './record-facts.tsx';
import { Abstract, Claims, Description, Extra } from './record-texts.tsx';
import { Citations, Family } from './relatives.tsx';
import { type SectionEntry, SectionNav } from './section-nav.tsx';
import { Similar } from './similar.tsx';

/** Everything known of one publication. */
export function RecordPage() {
  const t = useText();
  const { number } = useParams({ strict: false }) as { number: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(queryOf(getPatent, { params: { number } }));
  const found = data?.number;
  useEffect(() => {
    // The address takes any spelling of the number; what stays in it is the right one.
    if (found && found !== number)
      void navigate({ to: '/patents/$number', params: { number: found }, replace: true });
  }, [found, number, navigate]);
  if (error)
    return (
      <>
        <PageHeader title={number} before={<Back />} />
        {error.status === 404 ? (
          <NotHere number={number} />
        ) : (
          <ErrorPanel error={error} what={t('record.what')} onRetry={() => void refetch()} />
        )}
      </>
    );
  if (!data) return <PageWait />;
  return <Record key={data.number} record={data} />;
}

function Record({ record }: { record: PatentRecord }) {
  const t = useText();
  const [wanted, setWanted] = useState(false);
  const { origins, error } = useOrigins(record.number, wanted);
  const { Record: More } = useContext(PatentSlots);
  return (
    <Origins value={origins}>
      <article>
        <Head record={record} />
        {record.demo && <p className={css.demoNote}>{t('demo.title')}</p>}
        {More && <More number={record.number} />}
        <div className={css.columns}>
          <div className={css.main}>
            <RecordFacts record={record} />
            <Abstract record={record} />
            <Claims record={record} />
            <Description record={record} />
            <Events record={record} />
            <Dealings record={record} />
            <Family record={record} />
            <Citations record={record} />
            <ValueSection number={record.number} />
            <Similar number={record.number} />
            <Extra record={record} />
          </div>
          <aside className={css.aside}>
            <SectionNav sections={useSections(record)} />
            <Source record={record} origins={wanted} onOrigins={setWanted} />
            {error && <ErrorPanel error={error} what={t('origin.what')} />}
          </aside>
        </div>
      </article>
    </Origins>
  );
}

function useSections(record: PatentRecord): SectionEntry[] {
  const t = useText();
  const dealings = dealingsOf(record.events).length;
  return [
    { id: 'facts', name: t('record.facts') },
    { id: 'abstract', name: t('record.abstract'), ...(record.abstract === '' && { count: 0 }) },
    {
      id: 'claims',
      name: t(record.mainClaimOnly ? 'record.mainClaim' : 'record.claims'),
      count: record.claims.length,
    },
    { id: 'description', name: t('record.description'), ...(record.description === '' && { count: 0 }) },
    { id: 'events', name: t('record.events'), count: record.events.length },
    ...(dealings > 0 ? [{ id: 'dealings', name: t('record.dealings'), count: dealings }] : []),
    { id: 'family', name: t('record.familyTitle'), count: record.family.length },
    { id: 'citations', name: t('record.citations'), count: record.citations.length },
    { id: 'cited-by', name: t('record.citedBy'), count: record.citedByTotal },
    { id: 'value', name: t('value.title') },
    { id: 'similar', name: t('record.similar') },
  ];
}

function Head({ record }: { record: PatentRecord }) {
  const t = useText();
  const typeWord = useTypeWord();
  return (
    <PageHeader
      title={record.title || t('hits.noTitle')}
      before={
        <>
          <Back />
          {` / ${record.number}`}
        </>
      }
      subtitle={
        <span className={css.head}>
          <strong>{record.number}</strong>
          <span>
            {typeWord(record.type)} · {t(record.granted ? 'granted' : 'published')}
            {record.publicationDate && ` ${record.publicationDate}`}
          </span>
          <StatusMark status={record.legalStatus} />
          {record.demo && <DemoRecordMark />}
          <OriginNote field="title" />
        </span>
      }
      actions={
        <CopyButton
          text={record.number}
          label={t('record.copy')}
          done={t('record.copied', { number: record.number })}
        />
      }
    />
  );
}

/** The way back to the search that one came from. */
function Back() {
  const t = useText();
  const search = lastSearch();
  return (
    <Link to="/patents" search={(search ?? {}) as never} activeOptions={{ exact: true }}>
      {t(search ? 'record.back' : 'search.title')}
    </Link>
  );
}

function NotHere({ number }: { number: string }) {
  const t = useText();
  return (
    <div className={css.notHere}>
      <p>{t('record.notHere', { number })}</p>
      <p>
        <Link to="/patents" search={{ q: number } as never}>
          {t('record.searchNumber')}
        </Link>
      </p>
    </div>
  );
}
