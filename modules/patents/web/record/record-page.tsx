import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { getPatent, type PatentRecord } from '../../contract.ts';
import { CopyButton } from '../copy-button.tsx';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { useText } from '../text.ts';
import { useTypeWord } from '../words.ts';
import css from './record.module.css';
import { RecordAside } from './record-aside.tsx';
import { RecordFacts } from './record-facts.tsx';
import { RecordTexts } from './record-texts.tsx';

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
        <PageHeader
          title={number}
          before={
            <Link to="/patents" activeOptions={{ exact: true }}>
              {t('search.title')}
            </Link>
          }
        />
        {error.status === 404 ? (
          <NotHere number={number} />
        ) : (
          <ErrorPanel error={error} what={t('record.what')} onRetry={() => void refetch()} />
        )}
      </>
    );
  if (!data) return <PageWait />;
  return (
    <article>
      <Head record={data} />
      {data.demo && <p className={css.demoNote}>{t('demo.title')}</p>}
      <div className={css.columns}>
        <div className={css.main}>
          <RecordFacts record={data} />
          <RecordTexts record={data} />
        </div>
        <RecordAside record={data} />
      </div>
    </article>
  );
}

function Head({ record }: { record: PatentRecord }) {
  const t = useText();
  const typeWord = useTypeWord();
  return (
    <PageHeader
      title={record.title}
      before={
        <>
          <Link to="/patents" activeOptions={{ exact: true }}>
            {t('search.title')}
          </Link>
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
