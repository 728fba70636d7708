import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DirectoryFind, DirectoryGroup, DirectoryName } from '#shell/components/directory.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listRegisters, type RegisterSummary } from '../../contract.ts';
import shared from '../registers.module.css';
import { DirectorySearch } from '../search.ts';
import { useText } from '../text.ts';
import css from './directory.module.css';
import { MyWork } from './my-work.tsx';

/** Every register that the reader may see, by group; what waits for an officer comes first. */
export function DirectoryPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(DirectorySearch);
  const list = useQuery(queryOf(listRegisters, {}));
  const all = list.data?.registers ?? [];
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((r) =>
    words.every((word) => `${r.title} ${r.purpose} ${r.keeper}`.toLowerCase().includes(word)),
  );
  const groups = [...new Set(found.map((r) => r.group))];
  return (
    <article>
      <PageHeader
        title={t('directory.title')}
        subtitle={t('directory.subtitle')}
        actions={
          <Link to="/registers/dues" className={shared.action}>
            {t('directory.dues')}
          </Link>
        }
      />
      {list.error ? (
        <ErrorPanel error={list.error} what={t('directory.title')} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton rows={14} />
      ) : all.length === 0 ? (
        <p className={css.empty}>{t('directory.empty')}</p>
      ) : (
        <>
          <MyWork registers={all} />
          <DirectoryFind
            label={t('directory.find')}
            value={search.q}
            found={t('directory.count', { count: found.length })}
            onChange={(q) => setSearch({ q })}
          />
          {found.length === 0 && <p className={css.empty}>{t('directory.nothing')}</p>}
          {groups.map((group) => (
            <Group key={group} registers={found.filter((r) => r.group === group)} />
          ))}
        </>
      )}
    </article>
  );
}

function Group({ registers }: { registers: readonly RegisterSummary[] }) {
  const t = useText();
  return (
    <DirectoryGroup
      title={registers[0]?.groupLabel}
      columns={[
        { title: t('directory.register') },
        { title: t('directory.keeper') },
        { title: t('directory.inForce'), figure: true },
        { title: t('directory.waiting'), figure: true },
        { title: t('directory.you') },
      ]}
      className={css.registers}
    >
      {registers.map((r) => (
        <Line key={r.id} register={r} />
      ))}
    </DirectoryGroup>
  );
}

function Line({ register: r }: { register: RegisterSummary }) {
  const t = useText();
  const waiting = r.counts.proposed + r.counts.verified;
  const part = r.abilities.regions !== null;
  return (
    <tr>
      <DirectoryName purpose={r.purpose}>
        <Link to="/registers/$register" params={{ register: r.id }}>
          {r.title}
        </Link>
        {!r.public && <span className={shared.internal}>{t('directory.internal')}</span>}
      </DirectoryName>
      <td data-label={t('directory.keeper')}>{r.keeper}</td>
      <td data-figure="true" data-label={t('directory.inForce')}>
        {formatNumber(r.counts.inForce)}
      </td>
      <td data-figure="true" data-label={t('directory.waiting')}>
        {waiting > 0 ? (
          <Link
            to="/registers/$register"
            params={{ register: r.id }}
            search={{ state: 'proposed,verified' } as never}
          >
            {formatNumber(waiting)}
            <span className="visually-hidden">{t('directory.waitingOf', { title: r.title })}</span>
          </Link>
        ) : (
          <span className={shared.muted}>0</span>
        )}
      </td>
      <td data-label={t('directory.you')} className={css.you}>
        {r.abilities.keep
          ? t(part ? 'directory.keepPart' : 'directory.keep')
          : r.abilities.propose
            ? t(part ? 'directory.proposePart' : 'directory.propose')
            : t('directory.read')}
      </td>
    </tr>
  );
}
