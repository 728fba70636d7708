import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { decideNode, listNodeRecords, type NodeRecord, type TreeNode } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { HitLine } from '../parts/hit-line.tsx';
import { Words } from '../parts/marks.tsx';
import { showRow, useKeys } from '../parts/use-keys.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** Records of a node with what people decided, and the way to decide. */
export function NodeRecords({
  node,
  show,
  edit,
}: {
  node: TreeNode;
  show: 'in' | 'person' | 'excluded' | 'disputed';
  edit: boolean;
}) {
  const t = useText();
  const whyId = useId();
  const { act, busy, problem } = useAct();
  const [why, setWhy] = useState('');
  const [at, setAt] = useState(-1);
  const list = useInfiniteQuery({
    queryKey: [listNodeRecords.path, node.id, show],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listNodeRecords, {
        params: { id: node.id },
        query: { show, cursor: pageParam, limit: 50 },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const current = records[at];
  const go = (to: number) => {
    const next = records[Math.min(Math.max(to, 0), records.length - 1)];
    if (!next) return;
    setAt(records.indexOf(next));
    showRow(next.number);
  };
  const decide = (record: NodeRecord | undefined, choice: 'in' | 'out' | null, settles = false) => {
    if (!record || !edit) return;
    void act(() =>
      call(decideNode, { params: { id: node.id }, body: { numbers: [record.number], choice, why, settles } }),
    );
  };
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    ...(edit && { s: () => decide(current, 'in'), x: () => decide(current, 'out') }),
  });
  if (list.error)
    return <ErrorPanel error={list.error} what={node.name} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} />;
  return (
    <>
      {problem}
      {edit && records.length > 0 && (
        <>
          <p className={css.keys}>{t('node.keys')}</p>
          <label htmlFor={whyId} className="visually-hidden">
            {t('review.why')}
          </label>
          <Input
            id={whyId}
            value={why}
            maxLength={2000}
            placeholder={t('review.why')}
            style={{ maxWidth: 420, marginBottom: 8 }}
            onChange={(e) => setWhy(e.target.value)}
          />
        </>
      )}
      {records.length === 0 ? (
        <p className={css.empty}>{t(show === 'in' ? 'node.empty' : 'node.emptyShow')}</p>
      ) : (
        <ul className={css.items}>
          {records.map((record, index) => (
            <li
              key={record.number}
              data-number={record.number}
              data-current={index === at}
              className={`${css.item} ${css.itemPlain}`}
            >
              <HitLine number={record.number} hit={record.hit}>
                {record.by !== 'query' && (
                  <span className={css.mark} data-kind={record.by}>
                    {t(`node.by.${record.by}`)}
                  </span>
                )}
                {record.disputed && (
                  <span className={css.mark} data-kind="disputed">
                    {t('state.disputed')}
                  </span>
                )}
                {record.settled && !record.disputed && <span className={css.mark}>{t('state.settled')}</span>}
                {edit && <Choices record={record} busy={busy} onDecide={decide} />}
              </HitLine>
              {record.decisions.length > 0 && <Words decisions={record.decisions} />}
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={css.foot}>
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t('more')}
          </Button>{' '}
          <span className={css.muted}>
            {formatNumber(records.length)} / {formatNumber(total)}
          </span>
        </div>
      )}
      {edit && show !== 'disputed' && <PutIn node={node} />}
    </>
  );
}

function Choices({
  record,
  busy,
  onDecide,
}: {
  record: NodeRecord;
  busy: boolean;
  onDecide: (record: NodeRecord, choice: 'in' | 'out' | null, settles?: boolean) => void;
}) {
  const t = useText();
  const own = record.decisions.find((d) => d.own && !d.settles)?.choice ?? null;
  return (
    <>
      {(['in', 'out'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          className={`${css.choice} ${css.small}`}
          aria-pressed={own === choice}
          disabled={busy}
          onClick={() => onDecide(record, own === choice ? null : choice)}
        >
          {t(`node.${choice}`)}
        </button>
      ))}
      {record.disputed &&
        (['in', 'out'] as const).map((choice) => (
          <Button key={choice} size="small" disabled={busy} onClick={() => onDecide(record, choice, true)}>
            {t('review.settle', { choice: t(`node.${choice}`) })}
          </Button>
        ))}
    </>
  );
}

function PutIn({ node }: { node: TreeNode }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [text, setText] = useState('');
  const numbers = text
    .toUpperCase()
    .split(/[\s,;，；、]+/)
    .filter((n) => /^[\w/.-]{4,40}$/.test(n));
  return (
    <details className={css.fold}>
      <summary>{t('node.put')}</summary>
      {problem}
      <label htmlFor={id}>{t('node.putText')}</label>
      <Input.TextArea id={id} rows={4} value={text} onChange={(e) => setText(e.target.value)} />
      <Button
        loading={busy}
        disabled={numbers.length === 0}
        style={{ marginTop: 6 }}
        onClick={async () => {
          const done = await act(() =>
            call(decideNode, { params: { id: node.id }, body: { numbers, choice: 'in' } }),
          );
          if (done) setText('');
        }}
      >
        {t('node.in')}
      </Button>
    </details>
  );
}
