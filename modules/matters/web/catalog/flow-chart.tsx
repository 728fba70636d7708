import { useId } from 'react';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type Item, useText } from '../text.ts';

type Flow = Item['flow'];
type Node = Flow['nodes'][number];

const LINE = 18;
const SIDES = ['party', 'office', 'head', 'court', 'body'] as const;

/** The procedure as a drawing; colours say who acts, and words say it too. */
export function FlowChart({ item }: { item: Item }) {
  const t = useText();
  const lang = useLang();
  const arrow = useId();
  const { flow } = item;
  const label = t('flowLabel', { title: item.title[lang] });
  const sides = SIDES.filter((side) => flow.nodes.some((node) => node.actor?.side === side));
  return (
    <figure className={css.flow}>
      <figcaption>
        <p className={css.muted}>{t('flowHelp')}</p>
        <ul className={css.legend}>
          {sides.map((side) => (
            <li key={side} data-side={side}>
              {t(`side.${side}`)}
            </li>
          ))}
        </ul>
      </figcaption>
      <ScrollBox label={label}>
        <svg
          role="img"
          aria-label={label}
          // Grows with the text in large print.
          style={{ width: `${flow.width / 14}rem`, height: `${flow.height / 14}rem` }}
          viewBox={`0 0 ${flow.width} ${flow.height}`}
        >
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" className={css.head} />
            </marker>
          </defs>
          {flow.edges.map(({ from, to, points }) => (
            <path
              key={`${from} ${to}`}
              d={curve(points)}
              className={css.edge}
              data-gathered={from.startsWith('states-')}
              markerEnd={`url(#${arrow})`}
            />
          ))}
          {flow.nodes.map((node) => (
            <Box key={node.id} node={node} />
          ))}
          {flow.edges.map(
            ({ from, to, label: said }) =>
              said && (
                <text key={`${from} ${to}`} x={said.x} y={said.y + 4} className={css.edgeLabel}>
                  {said.text}
                </text>
              ),
          )}
        </svg>
      </ScrollBox>
    </figure>
  );
}

/** A soft line through the points that the layout chose. */
function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.at(-1);
  const parts = rest.slice(0, -1).map((p, i) => {
    const next = rest[i + 1]!;
    const end = i === rest.length - 2 ? next : { x: (p.x + next.x) / 2, y: (p.y + next.y) / 2 };
    return `Q${p.x} ${p.y} ${end.x} ${end.y}`;
  });
  return `M${first.x} ${first.y}${parts.length > 0 ? parts.join('') : last ? `L${last.x} ${last.y}` : ''}`;
}

function Box({ node }: { node: Node }) {
  const { kind, lines, actor, x, y, width, height } = node;
  const said = actor ? [...lines, actor.name] : lines;
  const top = y - (said.length * LINE) / 2;
  return (
    <g className={css.node} data-kind={kind} data-side={actor?.side}>
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx={kind === 'action' ? 3 : Math.min(16, height / 2)}
      />
      {actor && <rect className={css.bar} x={x - width / 2} y={y - height / 2} width={4} height={height} />}
      {said.map((line, i) => (
        <text key={line} x={x} y={top + i * LINE + 13} data-actor={actor !== null && i === lines.length}>
          {line}
        </text>
      ))}
    </g>
  );
}
