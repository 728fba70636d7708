import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { getOrganisation, type Organisation } from '../contract.ts';
import { History } from './history.tsx';
import { Code, CodeParts, Spell } from './marks.tsx';
import { Mentions } from './mentions.tsx';
import { MergeList } from './merge-list.tsx';
import css from './organisations.module.css';
import { Patents } from './patents.tsx';
import { useText } from './text.ts';

const RenameDialog = lazy(async () => ({ default: (await import('./rename-dialog.tsx')).RenameDialog }));
const EditDialog = lazy(async () => ({ default: (await import('./edit-dialog.tsx')).EditDialog }));
const FindAndMerge = lazy(async () => ({ default: (await import('./find-and-merge.tsx')).FindAndMerge }));

type Dialog = 'rename' | 'edit' | 'merge';

/** Everything that the platform knows about one organisation, as far as the reader may see it. */
export function OrganisationPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const [open, setOpen] = useState<Dialog | null>(null);
  const found = useQuery(queryOf(getOrganisation, { params: { id } }));
  if (found.error && !found.data)
    return <ErrorPanel error={found.error} what={t('page.what')} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageWait />;
  const organisation = found.data;
  const { abilities } = organisation;
  const close = () => setOpen(null);
  return (
    <article>
      <PageHeader
        title={organisation.name}
        before={abilities.history && <Link to="/organisations">{t('page.back')}</Link>}
        subtitle={
          <span className={css.headLine}>
            <Code code={organisation.code} />
            {organisation.region && <span>{organisation.region.name}</span>}
            {abilities.history && (
              <span className={css.tag}>{organisation.public ? t('public.yes') : t('public.no')}</span>
            )}
          </span>
        }
        actions={
          <>
            {abilities.edit && <Button onClick={() => setOpen('rename')}>{t('rename')}</Button>}
            {abilities.edit && <Button onClick={() => setOpen('edit')}>{t('edit')}</Button>}
            {abilities.merge && <Button onClick={() => setOpen('merge')}>{t('merge.other')}</Button>}
          </>
        }
      />
      {organisation.mergedInto && (
        <Notice>
          {t('mergedInto')}{' '}
          <Link to="/organisations/$id" params={{ id: organisation.mergedInto.id }}>
            {organisation.mergedInto.name}
          </Link>
        </Notice>
      )}
      <div className={css.columns}>
        <div>
          <Mentions organisation={organisation} />
          <Patents organisation={organisation} />
          {abilities.history && <History id={id} />}
        </div>
        <aside aria-label={t('about.title')}>
          <About organisation={organisation} />
          <Names organisation={organisation} />
          {organisation.merges.length > 0 && (
            <section className={css.section}>
              <h2>{t('merges.title')}</h2>
              <MergeList merges={organisation.merges} />
            </section>
          )}
        </aside>
      </div>
      <Suspense>
        {open === 'rename' && <RenameDialog organisation={organisation} onClose={close} />}
        {open === 'edit' && <EditDialog organisation={organisation} onClose={close} />}
        {open === 'merge' && <FindAndMerge organisation={organisation} onClose={close} />}
      </Suspense>
    </article>
  );
}

function About({ organisation }: { organisation: Organisation }) {
  const t = useText();
  return (
    <section className={css.section}>
      <h2>{t('about.title')}</h2>
      <CodeParts organisation={organisation} />
      <Facts
        items={[
          { name: t('field.region'), value: organisation.region?.name },
          { name: t('field.address'), value: organisation.address },
          {
            name: t('field.updated'),
            value: organisation.updatedBy && (
              <>
                {formatMoment(organisation.updatedAt)} · {organisation.updatedBy}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

function Names({ organisation }: { organisation: Organisation }) {
  const t = useText();
  const { formerNames, nameSince } = organisation;
  if (formerNames.length === 0 && !nameSince) return null;
  return (
    <section className={css.section}>
      <h2>{t('names.title')}</h2>
      <ol className={css.names}>
        {nameSince && (
          <li>
            <span>{organisation.name}</span>
            <span className={css.sub}>{t('names.since', { from: nameSince })}</span>
          </li>
        )}
        {formerNames.map((n) => (
          <li key={`${n.kind} ${n.name} ${n.to}`}>
            <span>{n.name}</span>
            <span className={css.sub}>
              {n.kind === 'spelling' ? t('names.spelling') : <Spell from={n.from} to={n.to} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
