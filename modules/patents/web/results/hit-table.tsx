import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode, RefObject } from 'react';
import { type DataColumn, DataTable, type Sorting } from '#shell/components/data-table.tsx';
import { formatNumber } from '#shell/format';
import type { PatentHit, PatentSort } from '../../contract/search.ts';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { useRegions } from '../regions.ts';
import { type Translate, useText } from '../text.ts';
import { useCodeWords, useTypeWord } from '../words.ts';
import { Extras, HitTitle, Marked, pieceOf, Tick } from './hit-parts.tsx';
import css from './results.module.css';
import { type ColumnId, useViewPrefs } from './view-prefs.ts';

/** The results of a page as a table of chosen columns. */
export function HitTable({
  hits,
  list,
  sort,
  onSort,
}: {
  hits: readonly PatentHit[];
  list: RefObject<HTMLElement | null>;
  sort: PatentSort;
  onSort: (sort: PatentSort | undefined) => void;
}) {
  const t = useText();
  const navigate = useNavigate();
  const { columns } = useViewPrefs();
  const cells = useCells();
  const tick: DataColumn<PatentHit> = {
    id: 'tick',
    title: t('column.tick'),
    fixed: true,
    width: 56,
    // A press beside the small box must not open the record.
    cell: (hit) => (
      // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the press from the row.
      // biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the box itself.
      <span className={css.tickCell} onClick={(event) => event.stopPropagation()}>
        <Tick number={hit.publicationNumber} />
      </span>
    ),
  };
  const title: DataColumn<PatentHit> = {
    id: 'title',
    title: t('part.title'),
    fixed: true,
    cell: (hit) => (
      <span className={css.tableTitle}>
        <Link to="/patents/$number" params={{ number: hit.publicationNumber }} data-hit="">
          <HitTitle hit={hit} />
        </Link>{' '}
        {hit.demo && <DemoRecordMark />} <Extras hit={hit} />
      </span>
    ),
  };
  const chosen = columns.map(
    (id): DataColumn<PatentHit> => ({
      id,
      title: t(`column.${id}`),
      cell: (hit) => cells(id, hit, t),
      ...(FIGURES.has(id) && { align: 'right' as const }),
      ...(SORTS[id] && { sortable: true }),
    }),
  );
  return (
    <section ref={list} aria-label={t('hits.label')} className={css.table}>
      <DataTable<PatentHit>
        caption={t('hits.label')}
        columns={[tick, title, ...chosen]}
        rows={hits}
        rowKey={(hit) => hit.publicationNumber}
        empty={null}
        onOpen={(hit) => void navigate({ to: '/patents/$number', params: { number: hit.publicationNumber } })}
        sorting={sortingOf(sort)}
        onSort={(sorting) => onSort(sortOf(sorting))}
      />
    </section>
  );
}

const FIGURES = new Set<ColumnId>(['claims', 'citations', 'citedBy', 'family']);
/** Columns by which the interface can sort, downwards and upwards. */
const SORTS: Partial<Record<ColumnId, { down: PatentSort; up: PatentSort | null }>> = {
  published: { down: 'newest', up: 'oldest' },
  filed: { down: 'filed', up: null },
  citedBy: { down: 'cited', up: null },
};

function sortingOf(sort: PatentSort): Sorting | undefined {
  const found = Object.entries(SORTS).find(([, s]) => s.down === sort || s.up === sort);
  return found && { column: found[0], descending: found[1].down === sort };
}

function sortOf(sorting: Sorting | undefined): PatentSort | undefined {
  const found = sorting && SORTS[sorting.column as ColumnId];
  return found ? ((sorting.descending ? found.down : found.up) ?? found.down) : undefined;
}

function useCells(): (id: ColumnId, hit: PatentHit, t: Translate) => ReactNode {
  const regions = useRegions();
  const typeWord = useTypeWord();
  const codes = useCodeWords();
  return (id, hit, t) => {
    switch (id) {
      case 'number':
        return <span className={css.nowrap}>{hit.publicationNumber}</span>;
      case 'applicants':
        return <span className={css.cell}>{hit.applicants.join(t('listSemicolon'))}</span>;
      case 'published':
        return <span className={css.nowrap}>{hit.publicationDate}</span>;
      case 'filed':
        return <span className={css.nowrap}>{hit.filingDate}</span>;
      case 'status':
        return <StatusMark status={hit.legalStatus} />;
      case 'type':
        return <span className={css.nowrap}>{typeWord(hit.type)}</span>;
      case 'ipc':
        return <span className={css.nowrap}>{hit.ipc.slice(0, 2).join(t('listComma'))}</span>;
      case 'cpc':
        return <span className={css.nowrap}>{hit.cpc.slice(0, 2).join(t('listComma'))}</span>;
      case 'application':
        return <span className={css.nowrap}>{hit.applicationNumber}</span>;
      case 'country':
        return <span title={codes.office(hit.country)}>{hit.country}</span>;
      case 'region':
        return <span className={css.nowrap}>{hit.region && regions.nameOf(hit.region)}</span>;
      case 'agency':
        return <span className={css.cell}>{hit.agency}</span>;
      case 'claims':
        return formatNumber(hit.claimCount);
      case 'citations':
        return formatNumber(hit.citationCount);
      case 'citedBy':
        return hit.citedBy === null ? '' : formatNumber(hit.citedBy);
      case 'family':
        return formatNumber(hit.familySize);
      case 'abstract': {
        const piece = pieceOf(hit, 'abstract');
        return (
          <span className={css.abstractCell}>
            {piece && <Marked text={piece.text} marks={piece.marks} />}
          </span>
        );
      }
    }
  };
}
