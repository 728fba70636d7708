import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatMoment, sizeText } from '#shell/format';
import { queries, queryOf } from '#shell/query';
import { getImport, type PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import { ImportActions } from './import-actions.tsx';
import { ImportCompare } from './import-compare.tsx';
import { ImportCounts } from './import-counts.tsx';
import { ImportEffects } from './import-effects.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportRejects } from './import-rejects.tsx';
import css from './imports.module.css';
import { isActive } from './progress.ts';
import { useFormatWord, useImportStateWord } from './words.ts';

const EVERY = 1000;

/** One import: how far it is, exact counts, what was rejected and why, and what it moved. */
export function ImportPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = queryOf(getImport, { params: { id } }, { interactive: false });
  const { data, error, refetch } = useQuery({
    ...query,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isActive(state.data) && !state.error ? EVERY : false),
  });
  const back = (
    <Link to="/patents/imports" activeOptions={{ exact: true }}>
      {t('imports.title')}
    </Link>
  );
  if (!data)
    return error ? (
      <article>
        <PageHeader title={t('import.title')} before={back} />
        <ErrorPanel error={error} what={t('import.title')} onRetry={() => void refetch()} />
      </article>
    ) : (
      <PageWait />
    );
  const onChanged = (changed: PatentImport) => queries.setQueryData(query.queryKey, changed);
  return (
    <article>
      <Head one={data} onChanged={onChanged} />
      {error && (
        <div className={css.trouble}>
          <Notice
            tone="attention"
            title={t(error.status === 401 ? 'import.signedOut' : 'import.stale')}
            actions={
              <Button onClick={() => void again(id).then(onChanged, () => {})}>
                {t('import.watchAgain')}
              </Button>
            }
          >
            {error.status !== 401 && error.message && <p>{error.message}</p>}
          </Notice>
        </div>
      )}
      {data.withdrawnAt && <Withdrawn one={data} at={data.withdrawnAt} />}
      <ImportProgress one={data} />
      <ImportCounts one={data} />
      {data.state === 'done' && data.format !== 'demo' && <ImportEffects one={data} />}
      <ImportRejects one={data} />
      {(data.state === 'done' || data.state === 'cancelled') && <ImportCompare one={data} />}
    </article>
  );
}

/** Asks once more, with the sign-in dialog where the session is over. */
async function again(id: string): Promise<PatentImport> {
  return call(getImport, { params: { id } });
}

/** Says that the load counts no longer, and how to bring it back. */
function Withdrawn({ one, at }: { one: PatentImport; at: string }) {
  const t = useText();
  return (
    <div className={css.trouble}>
      <Notice
        tone="attention"
        title={t('withdraw.done', { at: formatMoment(at), by: one.withdrawnBy ?? '' })}
        actions={
          one.fileId !== null && (
            <Link
              to="/patents/imports"
              search={{ file: one.fileId, source: one.source.key } as never}
              className={css.download}
            >
              {t('withdraw.again')}
            </Link>
          )
        }
      >
        <p>{t('withdraw.doneText')}</p>
      </Notice>
    </div>
  );
}

function Head({ one, onChanged }: { one: PatentImport; onChanged: (changed: PatentImport) => void }) {
  const t = useText();
  const stateWord = useImportStateWord();
  const formatWord = useFormatWord();
  return (
    <>
      <PageHeader
        title={one.file}
        before={
          <Link to="/patents/imports" activeOptions={{ exact: true }}>
            {t('imports.title')}
          </Link>
        }
        subtitle={
          <span className={css.state} data-state={one.withdrawnAt ? 'withdrawn' : one.state}>
            {one.withdrawnAt ? t('import.withdrawn') : stateWord(one.state)}
          </span>
        }
        actions={<ImportActions one={one} onChanged={onChanged} />}
      />
      <Facts
        layout="strip"
        items={[
          {
            name: t('import.format'),
            value: [formatWord(one.format), one.encoding?.toUpperCase(), one.sheet]
              .filter(Boolean)
              .join(' · '),
          },
          {
            name: t('load.source'),
            value: (
              <Link to="/patents/imports" search={{ source: one.source.key } as never}>
                {one.source.name}
              </Link>
            ),
          },
          { name: t('load.label'), value: one.label || null },
          { name: t('import.size'), value: one.format === 'demo' ? null : sizeText(one.size) },
          { name: t('import.by'), value: one.byName },
          { name: t('import.created'), value: formatMoment(one.createdAt) },
          {
            name: t('import.finished'),
            value: one.finishedAt && formatMoment(one.finishedAt, { seconds: true }),
          },
        ]}
      />
      {one.source.licence !== '' && (
        <p className={css.note}>{t('load.licenceIs', { licence: one.source.licence })}</p>
      )}
    </>
  );
}
