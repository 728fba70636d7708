import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { countTree, getTree } from '../../contract.ts';
import { LogList } from '../parts/log-list.tsx';
import { ObjectHead } from '../parts/object-head.tsx';
import { TreeSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { NodeDialog } from './node-dialog.tsx';
import { NodePart } from './node-part.tsx';
import { NodeTree } from './node-tree.tsx';

/** A classification tree: nodes with exact counts, and beside them what the chosen one holds. */
export function TreePage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const [search, change] = usePageSearch(TreeSearch);
  const [making, setMaking] = useState<{ parent: string | null } | null>(null);
  const tree = useQuery(queryOf(getTree, { params: { id } }));
  const counts = useQuery({ ...queryOf(countTree, { params: { id } }), staleTime: 0 });
  if (tree.error)
    return <ErrorPanel error={tree.error} what={t('trees.title')} onRetry={() => void tree.refetch()} />;
  if (!tree.data) return <Skeleton rows={12} />;
  const { object, nodes } = tree.data;
  const { edit } = object.abilities;
  const node = nodes.find((n) => n.id === search.node);
  return (
    <article>
      <ObjectHead object={object}>
        {edit && (
          <Button type="primary" onClick={() => setMaking({ parent: null })}>
            {t('tree.add')}
          </Button>
        )}
      </ObjectHead>
      {nodes.length === 0 ? (
        <p className={css.empty}>{t('tree.empty')}</p>
      ) : (
        <div className={`${css.columns} ${css.columnsLeft}`}>
          <nav className={css.side} aria-label={t('tree.nodes')}>
            <NodeTree nodes={nodes} counts={counts.data?.counts} current={search.node} />
          </nav>
          {node ? (
            <NodePart
              key={node.id}
              node={node}
              nodes={nodes}
              count={counts.data?.counts.find((c) => c.node === node.id)}
              edit={edit}
              search={search}
              onChange={change}
              onAddBelow={() => setMaking({ parent: node.id })}
            />
          ) : (
            <p className={css.empty}>{t('tree.choose')}</p>
          )}
        </div>
      )}
      {edit && <LogList object={id} />}
      {making && (
        <NodeDialog
          tree={id}
          nodes={nodes}
          parent={making.parent}
          onDone={(made) => change({ node: made.id, show: undefined, check: undefined })}
          onClose={() => setMaking(null)}
        />
      )}
    </article>
  );
}
