import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { formatNumber } from '#shell/format';
import type { countTree, TreeNode } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** How many a node holds. */
export type NodeCount = EndpointResponse<typeof countTree>['counts'][number];

/** Nodes below each other, with their counts. */
export function NodeTree({
  nodes,
  counts,
  current,
  parent = null,
}: {
  nodes: readonly TreeNode[];
  counts: readonly NodeCount[] | undefined;
  current: string | undefined;
  parent?: string | null;
}) {
  const t = useText();
  const own = nodes.filter((n) => n.parent === parent).sort((a, b) => a.position - b.position);
  if (own.length === 0) return null;
  return (
    <ul className={parent === null ? css.tree : undefined}>
      {own.map((node) => {
        const count = counts?.find((c) => c.node === node.id);
        return (
          <li key={node.id}>
            <Link
              to="."
              search={{ node: node.id } as never}
              className={css.node}
              data-current={node.id === current}
            >
              <span>{node.name}</span>
              <span className={css.nodeCount}>
                {count && (count.records === null ? '!' : formatNumber(count.records))}
                {count && count.disputed > 0 && (
                  <>
                    {' '}
                    <span className={css.mark} data-kind="disputed">
                      {t('state.disputed')} {count.disputed}
                    </span>
                  </>
                )}
              </span>
            </Link>
            <NodeTree nodes={nodes} counts={counts} current={current} parent={node.id} />
          </li>
        );
      })}
    </ul>
  );
}
