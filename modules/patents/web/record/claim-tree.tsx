import { useMemo, useState } from 'react';
import type { ClaimJson } from '../../contract/record.ts';
import { useText } from '../text.ts';
import css from './claims.module.css';
import { type ClaimNode, claimForest, withoutNumber } from './claims.ts';

/** Claims as a tree: each under the one that it depends on, branches foldable, further dependences named. */
export function ClaimTree({ claims }: { claims: readonly ClaimJson[] }) {
  const t = useText();
  const forest = useMemo(() => claimForest(claims), [claims]);
  const parents = useMemo(() => withChildren(forest), [forest]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const fold = (number: number) =>
    setFolded((before) => {
      const now = new Set(before);
      if (!now.delete(number)) now.add(number);
      return now;
    });
  return (
    <>
      {parents.length > 0 && (
        <p className={`${css.tools} no-print`}>
          <button type="button" onClick={() => setFolded(new Set())} disabled={folded.size === 0}>
            {t('claims.unfold')}
          </button>
          <button
            type="button"
            onClick={() => setFolded(new Set(parents))}
            disabled={folded.size === parents.length}
          >
            {t('claims.fold')}
          </button>
        </p>
      )}
      <ol className={css.claims}>
        {forest.map((node) => (
          <Claim key={node.claim.number} node={node} folded={folded} onFold={fold} />
        ))}
      </ol>
    </>
  );
}

function withChildren(nodes: readonly ClaimNode[]): number[] {
  return nodes.flatMap((node) =>
    node.children.length === 0 ? [] : [node.claim.number, ...withChildren(node.children)],
  );
}

function Claim({
  node,
  folded,
  onFold,
}: {
  node: ClaimNode;
  folded: ReadonlySet<number>;
  onFold: (number: number) => void;
}) {
  const t = useText();
  const { claim, children, below } = node;
  const open = !folded.has(claim.number);
  const others = claim.dependsOn.slice(1);
  return (
    <li id={`claim-${claim.number}`} data-independent={claim.dependsOn.length === 0}>
      <p className={css.claim}>
        <span className={css.number}>{claim.number}.</span>
        <span className={css.text}>
          {withoutNumber(claim.text, claim.number)}
          {others.length > 0 && (
            <span className={css.note}>{t('claims.also', { numbers: others.join(t('listComma')) })}</span>
          )}
        </span>
      </p>
      {children.length > 0 && (
        <>
          <button
            type="button"
            className={`${css.fold} no-print`}
            aria-expanded={open}
            onClick={() => onFold(claim.number)}
          >
            {open ? '▾' : '▸'} {t('claims.below', { count: below })}
          </button>
          {open && (
            <ol>
              {children.map((child) => (
                <Claim key={child.claim.number} node={child} folded={folded} onFold={onFold} />
              ))}
            </ol>
          )}
        </>
      )}
    </li>
  );
}
