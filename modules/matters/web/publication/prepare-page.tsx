import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { SelectField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { keyOf, queryOf } from '#shell/query';
import { getMatter, getPublication, matterLog } from '../../contract.ts';
import css from '../matters.module.css';
import { PublicationSearch } from '../search.ts';
import { type Matter, type Publication, useText } from '../text.ts';
import { PrepareForm } from './prepare-form.tsx';
import { Release } from './release.tsx';

/** Prepares what of a matter is published, the paper beside it; the head reviews and releases it here. */
export function PreparePage() {
  const t = useText();
  const { number } = useParams({ strict: false }) as { number: string };
  const [{ paper }, setSearch] = usePageSearch(PublicationSearch);
  const lang = useLang();
  const queries = useQueryClient();
  const matterQuery = queryOf(getMatter, { params: { number } });
  const found = useQuery(matterQuery);
  const asked = useQuery(
    queryOf(getPublication, { params: { number }, query: paper === undefined ? {} : { paper } }),
  );
  const before = (
    <Link to="/matters/$number" params={{ number }}>
      {number}
    </Link>
  );
  const error = found.error ?? asked.error;
  if (error && !(found.data && asked.data))
    return (
      <article>
        <PageHeader before={before} title={t('publication.title')} />
        <ErrorPanel
          error={error}
          what={t('publication.title')}
          onRetry={() => {
            void found.refetch();
            void asked.refetch();
          }}
        />
      </article>
    );
  if (!found.data || !asked.data) return <Skeleton rows={16} />;
  const matter = found.data;
  const seen = asked.data;
  const take = (next: Matter) => {
    queries.setQueryData(matterQuery.queryKey, next);
    for (const endpoint of [getPublication, matterLog])
      void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
  };
  const { current, proposal } = seen;
  return (
    <article>
      <PageHeader
        before={before}
        title={t('publication.title')}
        subtitle={`${matter.item.title[lang]}${t('colon')}${matter.subject}`}
        scope={
          seen.papers.length > 1 && (
            <SelectField
              label={t('publication.paper')}
              value={String(proposal?.paper ?? '')}
              choices={seen.papers.map(({ no, title, number: official, on }) => ({
                value: String(no),
                label: `${title[lang]} ${official ?? on}`,
              }))}
              onChange={(next) => setSearch({ paper: next === undefined ? undefined : Number(next) })}
            />
          )
        }
      />
      {current && <Standing current={current} />}
      {current?.state === 'prepared' && <Release matter={matter} seen={seen} onDone={take} />}
      {current?.state === 'public' && <Release matter={matter} seen={seen} onDone={take} />}
      {!proposal ? (
        <p className={css.empty}>{t('publication.noPaper')}</p>
      ) : (
        <div className={css.pair}>
          <section className={css.part}>
            <h2>{t('publication.original', { no: proposal.paper })}</h2>
            <Original proposal={proposal} />
          </section>
          <section className={css.part}>
            <h2>{t(current ? 'publication.prepared' : 'publication.proposal')}</h2>
            {matter.abilities.strike ? (
              <PrepareForm
                key={`${proposal.paper} ${current?.id}`}
                matter={matter}
                seen={seen}
                onDone={take}
              />
            ) : (
              current && <Reading current={current} />
            )}
          </section>
        </div>
      )}
    </article>
  );
}

/** How far it is, and why it was sent back or came down. */
function Standing({ current }: { current: NonNullable<Publication['current']> }) {
  const t = useText();
  const { state, reason, by, at, releasedOn, until } = current;
  const tone =
    state === 'public' ? 'done' : state === 'prepared' || state === 'returned' ? 'attention' : 'info';
  return (
    <Notice tone={tone} title={t(`publication.is.${state}`)}>
      <p>
        {t('publication.by', { name: by, at: formatMoment(at) })}
        {releasedOn !== null &&
          t('publication.days', { on: releasedOn, until: until ?? t('publication.noEnd') })}
      </p>
      {reason !== null && <p className={css.said}>{t('publication.reason', { reason })}</p>}
    </Notice>
  );
}

/** What was prepared, to be read. */
function Reading({ current }: { current: NonNullable<Publication['current']> }) {
  return (
    <div className={css.text}>
      <strong>{current.title}</strong>
      {'\n\n'}
      {current.summary}
      {'\n\n'}
      {current.body}
    </div>
  );
}

/** The paper's own text, what the rules mask marked in it. */
function Original({ proposal }: { proposal: NonNullable<Publication['proposal']> }) {
  const t = useText();
  const { original, masked } = proposal;
  if (original === null) return <p className={css.empty}>{t('publication.unreadable')}</p>;
  const known = new Set(masked.map(({ was }) => was));
  const found = [...known]
    .sort((a, b) => b.length - a.length)
    .map((was) => was.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pieces = found.length === 0 ? [original] : original.split(new RegExp(`(${found.join('|')})`));
  return (
    <>
      <div className={css.text}>
        {pieces.map((piece, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name and never move.
          known.has(piece) ? <mark key={at}>{piece}</mark> : piece,
        )}
      </div>
      <p className={css.muted}>{t('publication.marked', { count: masked.length })}</p>
    </>
  );
}
