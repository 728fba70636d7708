import { Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { addNode, changeNode, type TreeNode } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { FormDialog } from '../parts/ask.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** A node and those below it, which it cannot be moved under. */
function below(nodes: readonly TreeNode[], id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const n of nodes) if (n.parent !== null && found.has(n.parent)) found.add(n.id);
  }
  return found;
}

/** Makes a node or changes it: name, query, where it stands. */
export function NodeDialog({
  tree,
  nodes,
  node,
  parent,
  onDone,
  onClose,
}: {
  tree: string;
  nodes: readonly TreeNode[];
  /** Absent: a new one. */
  node?: TreeNode;
  parent: string | null;
  onDone?: (node: TreeNode) => void;
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [form, setForm] = useState({
    name: node?.name ?? '',
    note: node?.note ?? '',
    q: node?.q ?? '',
    filter: node?.filter ?? '',
    parent: node?.parent ?? parent,
    position: node ? String(node.position + 1) : '',
  });
  const own = node ? below(nodes, node.id) : new Set<string>();
  const send = async () => {
    const { position, ...rest } = form;
    const place = Number(position);
    const body = {
      ...rest,
      dialect: node?.q === form.q ? node.dialect : null,
      ...(Number.isInteger(place) && place > 0 && { position: place - 1 }),
    };
    const done = await act(() =>
      node
        ? call(changeNode, { params: { id: node.id }, body: { ...body, version: node.version } })
        : call(addNode, { params: { id: tree }, body }),
    );
    if (!done) return;
    onDone?.(done);
    onClose();
  };
  return (
    <FormDialog
      title={t(node ? 'tree.edit' : 'tree.add')}
      action={t('save')}
      busy={busy}
      disabled={form.name.trim() === ''}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <Input
            id={`${id}-name`}
            value={form.name}
            maxLength={100}
            onChange={(e) => setForm({ ...form, name: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-q`}>{t('queries.q')}</label>
          <small>{t('tree.qHelp')}</small>
          <Input.TextArea
            id={`${id}-q`}
            rows={4}
            value={form.q}
            onChange={(e) => setForm({ ...form, q: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-note`}>{t('note')}</label>
          <Input.TextArea
            id={`${id}-note`}
            rows={2}
            maxLength={4000}
            value={form.note}
            onChange={(e) => setForm({ ...form, note: e.target.value })}
          />
        </div>
        <div className={css.inline}>
          <div>
            <label htmlFor={`${id}-parent`}>{t('tree.parent')}</label>
            <select
              id={`${id}-parent`}
              value={form.parent ?? ''}
              onChange={(e) => setForm({ ...form, parent: e.target.value || null })}
            >
              <option value="">{t('tree.top')}</option>
              {nodes
                .filter((n) => !own.has(n.id))
                .map((n) => (
                  <option key={n.id} value={n.id}>
                    {n.name}
                  </option>
                ))}
            </select>
          </div>
          <div>
            <label htmlFor={`${id}-position`}>{t('tree.position')}</label>
            <Input
              id={`${id}-position`}
              inputMode="numeric"
              style={{ width: 90 }}
              value={form.position}
              onChange={(e) => setForm({ ...form, position: e.target.value })}
            />
          </div>
        </div>
      </div>
    </FormDialog>
  );
}
