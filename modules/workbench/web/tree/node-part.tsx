import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import { deleteNode, type TreeNode } from '../../contract.ts';
import { AskDelete } from '../parts/ask.tsx';
import type { TreeSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Checks } from './checks.tsx';
import { NodeDialog } from './node-dialog.tsx';
import { NodeRecords } from './node-records.tsx';
import type { NodeCount } from './node-tree.tsx';

const SHOWS = ['in', 'person', 'excluded', 'disputed', 'checks'] as const;

/** One node: its query and counts, its records, what people decided, and how good it is. */
export function NodePart({
  node,
  nodes,
  count,
  edit,
  search,
  onChange,
  onAddBelow,
}: {
  node: TreeNode;
  nodes: readonly TreeNode[];
  count: NodeCount | undefined;
  edit: boolean;
  search: TreeSearch;
  onChange: (change: Partial<TreeSearch>) => void;
  onAddBelow: () => void;
}) {
  const t = useText();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const show = search.show ?? 'in';
  return (
    <section aria-label={node.name}>
      <div className={css.sectionHead}>
        <h2>{node.name}</h2>
        {edit && (
          <div className={css.sectionTools}>
            <Button onClick={() => setOpen('edit')}>{t('tree.edit')}</Button>
            <Button onClick={onAddBelow}>{t('tree.addBelow')}</Button>
            <Button danger onClick={() => setOpen('delete')}>
              {t('tree.delete')}
            </Button>
          </div>
        )}
      </div>
      {node.note && <p className={css.itemNote}>{node.note}</p>}
      <p className={css.itemFacts} style={{ marginTop: 6 }}>
        {node.reading ? (
          <>
            <code className={css.query}>{node.q || node.reading}</code>
            <Link
              to="/patents"
              search={{ q: node.q || undefined, filter: node.filter || undefined } as never}
            >
              {t('tree.search')}
            </Link>
          </>
        ) : (
          <span>{t('tree.noQuery')}</span>
        )}
        {count?.error && <span className={css.danger}>{t('tree.uncounted', { why: count.error })}</span>}
        {count && count.records !== null && (
          <span>
            {t('tree.count', {
              found: formatNumber(count.found),
              added: formatNumber(count.added),
              excluded: formatNumber(count.excluded),
            })}
          </span>
        )}
      </p>
      <div className={css.filters}>
        <ToggleGroup>
          {SHOWS.map((one) => (
            <Toggle
              key={one}
              pressed={show === one}
              onChange={() => onChange({ show: one === 'in' ? undefined : one, check: undefined })}
            >
              {t(`show.${one}`)}
              {one === 'in' && count?.records != null && ` ${formatNumber(count.records)}`}
              {one === 'disputed' && count && count.disputed > 0 && ` ${formatNumber(count.disputed)}`}
            </Toggle>
          ))}
        </ToggleGroup>
      </div>
      {show === 'checks' ? (
        <Checks node={node} edit={edit} check={search.check} onOpen={(check) => onChange({ check })} />
      ) : (
        <NodeRecords key={show} node={node} show={show} edit={edit} />
      )}
      {open === 'edit' && (
        <NodeDialog tree="" nodes={nodes} node={node} parent={node.parent} onClose={() => setOpen(null)} />
      )}
      {open === 'delete' && (
        <AskDelete
          title={t('delete')}
          text={t('tree.deleteText', { name: node.name })}
          onConfirm={async () => {
            await call(deleteNode, { params: { id: node.id }, query: { version: node.version } });
            onChange({ node: undefined, show: undefined, check: undefined });
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
