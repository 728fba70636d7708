import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { getEntry } from '../../contract.ts';
import { NotHere } from '../not-here.tsx';
import { EditSearch } from '../search.ts';
import { useText } from '../text.ts';
import { useRegister } from '../use-register.ts';
import { Editor } from './editor.tsx';

/** Proposes or enters a new entry. */
export function NewEntryPage() {
  const t = useText();
  const navigate = useNavigate();
  const session = useSession();
  const { register: id } = useParams({ strict: false }) as { register: string };
  const register = useRegister(id);
  const back = <Crumbs register={id} title={register.data?.title} />;
  if (register.error)
    return (
      <Failed title={t('form.new')} back={back} error={register.error} retry={() => void register.refetch()}>
        <NotHere register={id} />
      </Failed>
    );
  if (!register.data || !session.id) return <PageWait />;
  const { propose, keep } = register.data.abilities;
  return (
    <article>
      <PageHeader
        title={t('form.newTitle', { register: register.data.title })}
        before={back}
        subtitle={t(keep ? 'form.newKeeper' : 'form.newProposer')}
      />
      {propose || keep ? (
        <Editor
          key={id}
          account={session.id}
          register={register.data}
          entry={undefined}
          start={{ mode: 'correct', segment: undefined }}
          onSegment={() => undefined}
          onSaved={(entry) =>
            void navigate({
              to: '/registers/$register/$no',
              params: { register: entry.register, no: entry.no },
              replace: true,
            })
          }
          onCancel={() => void navigate({ to: '/registers/$register', params: { register: id } })}
        />
      ) : (
        <Notice tone="attention" title={t('form.notAllowed')}>
          <p>{t('form.notAllowedWhy', { keeper: register.data.keeper })}</p>
        </Notice>
      )}
    </article>
  );
}

/** Corrects an entry, or lets its content change from a day on. */
export function EditEntryPage() {
  const t = useText();
  const navigate = useNavigate();
  const session = useSession();
  const params = useParams({ strict: false }) as { register: string; no: string };
  const [search, change] = usePageSearch(EditSearch);
  const register = useRegister(params.register);
  const entry = useQuery({ ...queryOf(getEntry, { params, query: { known: undefined } }), staleTime: 0 });
  const back = <Crumbs register={params.register} title={register.data?.title} no={params.no} />;
  const error = register.error ?? (entry.data ? null : entry.error);
  if (error)
    return (
      <Failed
        title={t('form.edit')}
        back={back}
        error={error}
        retry={() => void Promise.all([register.refetch(), entry.refetch()])}
      >
        <NotHere register={params.register} no={register.error ? undefined : params.no} />
      </Failed>
    );
  if (!register.data || !entry.data || !session.id) return <PageWait />;
  const toEntry = () =>
    void navigate({ to: '/registers/$register/$no', params: { ...params }, replace: true });
  return (
    <article>
      <PageHeader
        title={t('form.editTitle', { title: entry.data.title || entry.data.no })}
        before={back}
        subtitle={entry.data.no}
      />
      {entry.data.abilities.edit ? (
        <Editor
          key={`${params.register} ${params.no} ${search.segment ?? ''}`}
          account={session.id}
          register={register.data}
          entry={entry.data}
          start={{ mode: search.mode ?? 'correct', segment: search.segment }}
          onSegment={(segment, mode) => change({ segment, mode })}
          onSaved={toEntry}
          onCancel={toEntry}
        />
      ) : (
        <Notice tone="attention" title={t('form.notAllowed')}>
          <p>{t('form.notAllowedWhy', { keeper: register.data.keeper })}</p>
        </Notice>
      )}
    </article>
  );
}

function Crumbs({ register, title, no }: { register: string; title: string | undefined; no?: string }) {
  const t = useText();
  return (
    <>
      <Link to="/registers">{t('directory.title')}</Link>
      {' / '}
      <Link to="/registers/$register" params={{ register }}>
        {title ?? register}
      </Link>
      {no && (
        <>
          {' / '}
          <Link to="/registers/$register/$no" params={{ register, no }}>
            {no}
          </Link>
        </>
      )}
    </>
  );
}

function Failed({
  title,
  back,
  error,
  retry,
  children,
}: {
  title: string;
  back: ReactNode;
  error: { status: number };
  retry: () => void;
  /** Shown where there is nothing, or nothing for this reader. */
  children: ReactNode;
}) {
  return (
    <>
      <PageHeader title={title} before={back} />
      {error.status === 404 ? children : <ErrorPanel error={error} what={title} onRetry={retry} />}
    </>
  );
}
