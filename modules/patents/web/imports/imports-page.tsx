import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { type ApiError, call } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment, formatNumber, formatShare, sizeText } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listImports, listSources, type PatentImport } from '../../contract.ts';
import { ImportsSearch } from '../address.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { Prepare } from './prepare-page.tsx';
import { isActive, shareDone } from './progress.ts';
import { Upload } from './upload.tsx';
import { useFormatWord, useImportStateWord, useSourceName } from './words.ts';

/** Brings patents in: a file to choose, then how to read it, and all imports so far. */
export function ImportsPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(ImportsSearch);
  if (search.file) return <Prepare reading={{ ...search, file: search.file }} onChange={setSearch} />;
  return (
    <article>
      <PageHeader
        title={t('imports.title')}
        subtitle={t('imports.subtitle')}
        actions={
          <nav className={css.links} aria-label={t('links.label')}>
            <Link to="/patents/imports/sources">{t('sources.title')}</Link>
            <Link to="/patents/classes">{t('scheme.title')}</Link>
            <Link to="/patents/completeness">{t('complete.title')}</Link>
          </nav>
        }
      />
      <Upload onReady={(preview) => setSearch({ file: preview.fileId }, { push: true })} />
      <ImportList source={search.source} onSource={(source) => setSearch({ source })} />
    </article>
  );
}

type Page = EndpointResponse<typeof listImports>;

const PAGE = 50;
const EVERY = 2000;

function ImportList({
  source,
  onSource,
}: {
  source: string | undefined;
  onSource: (source: string | undefined) => void;
}) {
  const t = useText();
  const stateWord = useImportStateWord();
  const formatWord = useFormatWord();
  const nameOf = useSourceName();
  const list = useInfiniteQuery<Page, ApiError>({
    queryKey: [listImports.path, 'pages', source ?? ''],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listImports, { query: { limit: PAGE, source, cursor: pageParam as string | undefined }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.imports.some(isActive)) ? EVERY : false,
  });
  const sources = useQuery(queryOf(listSources, {})).data?.sources ?? [];
  const rows = list.data?.pages.flatMap((page) => page.imports);
  const count = (key: keyof PatentImport['counts']) => ({
    id: key,
    title: t(`count.${key}`),
    align: 'right' as const,
    cell: (row: PatentImport) => formatNumber(row.counts[key]),
  });
  return (
    <section className={css.section} aria-labelledby="imports">
      <h2 id="imports">{t('imports.list')}</h2>
      {(sources.length > 1 || source !== undefined) && (
        <div className={css.filters}>
          <FieldRow label={t('imports.filter')}>
            <SelectField
              label={t('load.source')}
              value={source}
              all={t('imports.allSources')}
              choices={sources.map((one) => ({ value: one.key, label: nameOf(one) }))}
              onChange={onSource}
            />
          </FieldRow>
        </div>
      )}
      <DataTable<PatentImport>
        caption={t('imports.list')}
        rows={rows}
        rowKey={(row) => row.id}
        total={list.hasNextPage ? undefined : rows?.length}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={t(source === undefined ? 'imports.empty' : 'imports.emptyOf')}
        columns={[
          {
            id: 'file',
            title: t('imports.file'),
            cell: (row) => (
              <>
                <Link to="/patents/imports/$id" params={{ id: row.id }} className={css.fileName}>
                  {row.file}
                </Link>
                <span className={css.note}>
                  {formatWord(row.format)}
                  {row.format !== 'demo' && ` · ${sizeText(row.size)}`}
                </span>
              </>
            ),
          },
          {
            id: 'source',
            title: t('load.source'),
            cell: (row) => (
              <>
                <span className={css.sourceName}>{row.source.name}</span>
                {row.label !== '' && <span className={css.note}>{row.label}</span>}
              </>
            ),
          },
          {
            id: 'state',
            title: t('imports.state'),
            cell: (row) => (
              <span className={css.state} data-state={row.withdrawnAt ? 'withdrawn' : row.state}>
                {row.withdrawnAt ? t('import.withdrawn') : stateWord(row.state)}
                {(isActive(row) || row.state === 'paused') && ` ${formatShare(shareDone(row), 0)}`}
              </span>
            ),
          },
          count('read'),
          count('accepted'),
          count('updated'),
          count('unchanged'),
          count('rejected'),
          {
            id: 'created',
            title: t('imports.created'),
            cell: (row) => (
              <>
                {formatMoment(row.createdAt)}
                <span className={css.note}>{row.byName}</span>
              </>
            ),
          },
        ]}
        foot={
          list.hasNextPage && (
            <PlainButton onClick={() => void list.fetchNextPage()}>
              {t('imports.more', { count: PAGE })}
            </PlainButton>
          )
        }
      />
    </section>
  );
}
