import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import {
  checkRecall,
  drawSample,
  LIMITS,
  listChecks,
  listObjects,
  type NodeCheck,
  type TreeNode,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { CheckRecords } from './check-records.tsx';
import { CheckFacts, EstimateWords, IntervalBar } from './estimate.tsx';

/** Samples and recall checks of a node; one of them opened. */
export function Checks({
  node,
  edit,
  check,
  onOpen,
}: {
  node: TreeNode;
  edit: boolean;
  check: string | undefined;
  onOpen: (check: string | undefined) => void;
}) {
  const t = useText();
  const list = useQuery(queryOf(listChecks, { params: { id: node.id } }));
  if (check) return <CheckRecords check={check} onClose={() => onOpen(undefined)} />;
  if (list.error)
    return <ErrorPanel error={list.error} what={t('show.checks')} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={6} />;
  return (
    <>
      {edit && <Forms node={node} onMade={(made) => onOpen(made.id)} />}
      {list.data.checks.length === 0 && <p className={css.empty}>{t('checks.empty')}</p>}
      {list.data.checks.map((one) => (
        <div key={one.id} className={css.estimate}>
          <span className={css.itemHead}>
            <strong>
              {t(`checks.${one.kind}`)} <EstimateWords estimate={one.estimate} />
            </strong>
            <button type="button" className={css.quiet} onClick={() => onOpen(one.id)}>
              {t(one.kind === 'precision' && edit ? 'checks.judge' : 'checks.view')}
            </button>
          </span>
          <IntervalBar estimate={one.estimate} />
          <CheckFacts check={one} />
        </div>
      ))}
      {list.data.checks.length > 0 && <p className={css.keys}>{t('checks.wilson')}</p>}
    </>
  );
}

function Forms({ node, onMade }: { node: TreeNode; onMade: (check: NodeCheck) => void }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [size, setSize] = useState('50');
  const [seed, setSeed] = useState('');
  const [text, setText] = useState('');
  const [collection, setCollection] = useState('');
  const collections = useQuery(queryOf(listObjects, { query: { kind: 'collection' } }));
  const wanted = Number(size);
  const fits = Number.isInteger(wanted) && wanted > 0 && wanted <= LIMITS.sample;
  const draw = async () => {
    const body = { size: wanted, ...(/^\d{1,9}$/.test(seed.trim()) && { seed: Number(seed) }) };
    const made = await act(() => call(drawSample, { params: { id: node.id }, body }));
    if (made) onMade(made);
  };
  const recall = async () => {
    const body = collection ? { collection } : { text };
    const made = await act(() => call(checkRecall, { params: { id: node.id }, body }));
    if (made) onMade(made);
  };
  return (
    <>
      {problem}
      <details className={css.fold}>
        <summary>{t('checks.draw')}</summary>
        <p className={css.keys}>{t('checks.drawHelp')}</p>
        <div className={css.inline}>
          <div>
            <label htmlFor={`${id}-size`}>{t('checks.size')}</label>
            <Input
              id={`${id}-size`}
              inputMode="numeric"
              style={{ width: 100 }}
              value={size}
              onChange={(e) => setSize(e.target.value)}
            />
          </div>
          <div>
            <label htmlFor={`${id}-seed`}>{t('checks.seed')}</label>
            <Input
              id={`${id}-seed`}
              inputMode="numeric"
              style={{ width: 140 }}
              value={seed}
              onChange={(e) => setSeed(e.target.value)}
            />
          </div>
          <Button loading={busy} disabled={!fits} onClick={() => void draw()}>
            {t('checks.draw')}
          </Button>
        </div>
      </details>
      <details className={css.fold}>
        <summary>{t('checks.known')}</summary>
        <p className={css.keys}>{t('checks.knownHelp')}</p>
        <div className={css.form}>
          <div>
            <label htmlFor={`${id}-known`}>{t('checks.knownNumbers')}</label>
            <Input.TextArea
              id={`${id}-known`}
              rows={4}
              value={text}
              disabled={collection !== ''}
              onChange={(e) => setText(e.target.value)}
            />
          </div>
          <div className={css.inline}>
            <div>
              <label htmlFor={`${id}-collection`}>{t('checks.collection')}</label>
              <select
                id={`${id}-collection`}
                value={collection}
                onChange={(e) => setCollection(e.target.value)}
              >
                <option value="">{t('checks.noCollection')}</option>
                {collections.data?.objects.map((o) => (
                  <option key={o.id} value={o.id}>
                    {o.name}
                  </option>
                ))}
              </select>
            </div>
            <Button
              loading={busy}
              disabled={text.trim() === '' && collection === ''}
              onClick={() => void recall()}
            >
              {t('checks.known')}
            </Button>
          </div>
        </div>
      </details>
    </>
  );
}
