import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { type Entry, getEntry, type RegisterView } from '../../contract.ts';
import { StateMark } from '../marks.tsx';
import { NotHere } from '../not-here.tsx';
import shared from '../registers.module.css';
import { EntrySearch } from '../search.ts';
import { useText } from '../text.ts';
import { useRegister } from '../use-register.ts';
import { useWords } from '../words.ts';
import { Actions } from './actions.tsx';
import css from './entry.module.css';
import { EntryAside } from './entry-aside.tsx';
import { EntryFields } from './entry-fields.tsx';
import { History } from './history.tsx';
import { EntryLadder } from './ladder.tsx';
import { Segments } from './segments.tsx';

/** Everything about one entry: content, standing, links, what led to it, and what may be done next. */
export function EntryPage() {
  const t = useText();
  const params = useParams({ strict: false }) as { register: string; no: string };
  const [search, change] = usePageSearch(EntrySearch);
  const register = useRegister(params.register);
  const entry = useQuery({
    ...queryOf(getEntry, { params, query: { known: search.known } }),
    staleTime: 5_000,
    placeholderData: (before) => (before?.no === params.no ? before : undefined),
  });
  const error = register.error ?? entry.error;
  if (error)
    return (
      <>
        <PageHeader
          title={params.no}
          before={
            <Link to="/registers/$register" params={{ register: params.register }}>
              {register.data?.title ?? t('directory.title')}
            </Link>
          }
        />
        {error.status === 404 ? (
          search.known ? (
            <Notice tone="attention" title={t('entry.notKnown', { known: search.known })}>
              <button type="button" className={shared.plain} onClick={() => change({ known: undefined })}>
                {t('entry.asNow')}
              </button>
            </Notice>
          ) : (
            <NotHere register={params.register} no={register.error ? undefined : params.no} />
          )
        ) : (
          <ErrorPanel
            error={error}
            what={t('entry.what')}
            onRetry={() => void Promise.all([register.refetch(), entry.refetch()])}
          />
        )}
      </>
    );
  if (!register.data || !entry.data) return <PageWait />;
  return (
    <article aria-busy={entry.isPlaceholderData} className={css.page}>
      <Head register={register.data} entry={entry.data} known={search.known} />
      <Standing entry={entry.data} known={search.known} onNow={() => change({ known: undefined })} />
      <div className={css.columns}>
        <div className={css.main}>
          <EntryFields entry={entry.data} />
          {entry.data.ladder && <EntryLadder ladder={entry.data.ladder} />}
          {entry.data.segments.length > 1 && <Segments entry={entry.data} />}
          {entry.data.abilities.history && <History entry={entry.data} search={search} onChange={change} />}
        </div>
        <EntryAside
          register={register.data}
          entry={entry.data}
          known={search.known}
          onKnown={(known) => change({ known })}
        />
      </div>
    </article>
  );
}

function Head({
  register,
  entry,
  known,
}: {
  register: RegisterView;
  entry: Entry;
  known: string | undefined;
}) {
  const t = useText();
  const words = useWords();
  return (
    <PageHeader
      title={entry.title || entry.no}
      before={
        <>
          <Link to="/registers">{t('directory.title')}</Link>
          {' / '}
          <Link to="/registers/$register" params={{ register: register.id }}>
            {register.title}
          </Link>
          {` / ${entry.no}`}
        </>
      }
      subtitle={
        <span className={css.head}>
          <strong>{entry.no}</strong>
          <StateMark state={entry.state} label={entry.stateLabel} />
          {(entry.validFrom ?? entry.validTo) && (
            <span>{words.validity(entry.validFrom, entry.validTo)}</span>
          )}
          {entry.region && <span>{entry.region.name}</span>}
        </span>
      }
      actions={known ? undefined : <Actions register={register} entry={entry} />}
    />
  );
}

/** What a reader must know before reading on: an earlier state of knowledge, a removed or merged entry. */
function Standing({ entry, known, onNow }: { entry: Entry; known: string | undefined; onNow: () => void }) {
  const t = useText();
  return (
    <>
      {known && (
        <Notice tone="attention">
          <p>
            {t('entry.known', { known })}{' '}
            <button type="button" className={shared.plain} onClick={onNow}>
              {t('entry.asNow')}
            </button>
          </p>
        </Notice>
      )}
      {entry.mergedInto && (
        <Notice tone="attention">
          <p>
            {t('entry.merged')}{' '}
            <Link
              to="/registers/$register/$no"
              params={{ register: entry.register, no: entry.mergedInto }}
              className={shared.link}
            >
              {entry.mergedInto}
            </Link>
          </p>
        </Notice>
      )}
      {entry.void && <Notice tone="attention" title={t('entry.void')} />}
      {!entry.void && !entry.mergedInto && entry.endedOn && (
        <Notice tone="info" title={t('entry.ended', { on: entry.endedOn })} />
      )}
    </>
  );
}
