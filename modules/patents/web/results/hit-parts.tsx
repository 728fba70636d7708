import { Popover } from 'antd';
import { formatNumber } from '#shell/format';
import type { Highlight, PatentHit } from '../../contract/search.ts';
import { useText } from '../text.ts';
import { piecesOf } from './pieces.ts';
import css from './results.module.css';
import { tick, useSelection } from './selection.ts';

/** A text with what was found in it marked. */
export function Marked({ text, marks }: { text: string; marks: readonly (readonly [number, number])[] }) {
  return piecesOf(text, marks).map((piece) =>
    piece.marked ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
  );
}

/** The piece of a part with what was found in it; of the title all of it. */
export function pieceOf(hit: PatentHit, part: Highlight['part']): Pick<Highlight, 'text' | 'marks'> | null {
  const found = hit.highlights.find((piece) => piece.part === part);
  if (found) return found;
  if (part === 'title') return { text: hit.title, marks: [] };
  return part === 'abstract' && hit.abstract !== '' ? { text: hit.abstract, marks: [] } : null;
}

/** The title, what was found in it marked. */
export function HitTitle({ hit }: { hit: PatentHit }) {
  const t = useText();
  const title = pieceOf(hit, 'title');
  return title && title.text !== '' ? <Marked {...title} /> : t('hits.noTitle');
}

/** The box that ticks a publication. */
export function Tick({ number }: { number: string }) {
  const t = useText();
  const selected = useSelection();
  return (
    <label className={css.tick}>
      <input
        type="checkbox"
        aria-label={t('selection.tick', { number })}
        checked={selected.includes(number)}
        onChange={(event) => tick([number], event.target.checked)}
      />
    </label>
  );
}

/** Why a hit stands where it does: its score, and on press what it is made of. */
export function Score({ hit }: { hit: PatentHit }) {
  const t = useText();
  const { score } = hit;
  if (!score) return null;
  return (
    <Popover
      trigger="click"
      title={t('score.title')}
      content={
        <table className={css.score}>
          <thead>
            <tr>
              <th scope="col">{t('score.term')}</th>
              <th scope="col">{t('score.where')}</th>
              <th scope="col">{t('score.weight')}</th>
            </tr>
          </thead>
          <tbody>
            {score.parts.map((part) => (
              <tr key={part.term}>
                <th scope="row">{part.term}</th>
                <td>
                  {[part.inTitle && t('part.title'), part.inAbstract && t('part.abstract')]
                    .filter(Boolean)
                    .join(t('listComma')) || t('score.elsewhere')}
                </td>
                <td>{formatNumber(part.weight, 2)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" colSpan={2}>
                {t('score.total')}
              </th>
              <td>{formatNumber(score.total, 2)}</td>
            </tr>
          </tbody>
        </table>
      }
    >
      <button type="button" className={css.scoreButton} title={t('score.explain')}>
        {t('score.button', { score: formatNumber(score.total, 2) })}
      </button>
    </Popover>
  );
}

/** How many of its family the result holds, and how often it is cited there: only where it was asked for. */
export function Extras({ hit }: { hit: PatentHit }) {
  const t = useText();
  return (
    <>
      {hit.grouped > 1 && <span>{t('hits.grouped', { count: hit.grouped })}</span>}
      {hit.citedBy !== null && <span>{t('hits.citedBy', { count: hit.citedBy })}</span>}
      <Score hit={hit} />
    </>
  );
}
