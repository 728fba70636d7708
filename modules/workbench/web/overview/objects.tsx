import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { listObjects, restoreObject, type WorkbenchObject } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { ReachMark } from '../parts/marks.tsx';
import { ObjectDialog } from '../parts/object-dialog.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Section } from './section.tsx';

/** Address of a collection or tree. */
export function objectPath(kind: WorkbenchObject['kind']) {
  return kind === 'tree' ? '/workbench/trees/$id' : '/workbench/collections/$id';
}

/** Collections or trees of the account, those shared with it, and the way back for deleted ones. */
export function Objects({ kind }: { kind: WorkbenchObject['kind'] }) {
  const t = useText();
  const navigate = useNavigate();
  const list = useQuery(queryOf(listObjects, { query: { kind } }));
  const [making, setMaking] = useState(false);
  const objects = list.data?.objects ?? [];
  const tree = kind === 'tree';
  return (
    <Section
      title={t(tree ? 'trees.title' : 'collections.title')}
      list={list}
      empty={list.data && objects.length === 0 ? t(tree ? 'trees.empty' : 'collections.empty') : undefined}
      tools={<Button onClick={() => setMaking(true)}>{t(tree ? 'trees.new' : 'collections.new')}</Button>}
    >
      <ul className={css.rows}>
        {objects.map((object) => (
          <li key={object.id} className={css.row}>
            <span className={css.rowMain}>
              <Link to={objectPath(kind)} params={{ id: object.id }}>
                {object.name}
              </Link>
              {object.note && <span className={css.sub}>{object.note.slice(0, 120)}</span>}
            </span>
            <span className={css.rowSide}>
              <span data-figure>
                {t(kind === 'tree' ? 'objects.nodes' : 'objects.items', { count: formatNumber(object.size) })}
              </span>
              <ReachMark of={object} />
              <span>{formatMoment(object.updatedAt)}</span>
            </span>
          </li>
        ))}
      </ul>
      <Deleted kind={kind} />
      {making && list.data && (
        <ObjectDialog
          kind={kind}
          organisations={list.data.organisations}
          publish={list.data.publish}
          onDone={(made) => void navigate({ to: objectPath(kind), params: { id: made.id } })}
          onClose={() => setMaking(false)}
        />
      )}
    </Section>
  );
}

function Deleted({ kind }: { kind: WorkbenchObject['kind'] }) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const list = useQuery(queryOf(listObjects, { query: { kind, show: 'deleted' } }));
  if (!list.data || list.data.objects.length === 0) return null;
  return (
    <details className={css.fold}>
      <summary>{t('objects.deleted')}</summary>
      {problem}
      <ul className={css.rows}>
        {list.data.objects.map((object) => (
          <li key={object.id} className={css.row}>
            <span className={css.rowMain}>{object.name}</span>
            <span className={css.rowSide}>
              {object.deletedAt && <span>{formatMoment(object.deletedAt)}</span>}
              <button
                type="button"
                className={css.quiet}
                disabled={busy}
                onClick={() => void act(() => call(restoreObject, { params: { id: object.id } }))}
              >
                {t('restore')}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
