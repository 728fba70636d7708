import { useShellText } from '../i18n.ts';
import css from './light.module.css';

/** Met, at risk, behind, no data. */
export type LightState = 'met' | 'at-risk' | 'behind' | 'no-data';

/** All states, best first. */
export const lightStates: readonly LightState[] = ['met', 'at-risk', 'behind', 'no-data'];

/** The shape that goes with the colour (● ▲ ■ ○), so that neither print nor a colour-blind reader loses it. */
function LightShape({ state }: { state: LightState }) {
  return (
    <svg className={css.shape} viewBox="0 0 12 12" aria-hidden="true">
      {state === 'met' && <circle cx="6" cy="6" r="5" />}
      {state === 'at-risk' && <path d="M6 .8 11.6 11H.4z" />}
      {state === 'behind' && <path d="M1.2 1.2h9.6v9.6H1.2z" />}
      {state === 'no-data' && <circle cx="6" cy="6" r="4.2" className={css.ring} />}
    </svg>
  );
}

/** The word of a state in the language of the page. */
export function useLightWord(): (state: LightState) => string {
  const t = useShellText();
  const words: Record<LightState, string> = {
    met: t('light.met'),
    'at-risk': t('light.at-risk'),
    behind: t('light.behind'),
    'no-data': t('light.no-data'),
  };
  return (state) => words[state];
}

/** A light: shape, word and colour. `bare` leaves the word to screen readers, where a column or legend already gives it. */
export function Light({ state, bare, count }: { state: LightState; bare?: boolean; count?: number }) {
  const word = useLightWord();
  return (
    <span className={css.light} data-state={state}>
      <LightShape state={state} />
      <span className={bare ? 'visually-hidden' : undefined}>{word(state)}</span>
      {count !== undefined && <span className={css.count}>{count}</span>}
    </span>
  );
}

/** How many of each, as the contracts give them. */
export interface LightCounts {
  total: number;
  met: number;
  atRisk: number;
  behind: number;
  noData: number;
}

/** Counts by state. */
export function countsByState(c: LightCounts): Record<LightState, number> {
  return { met: c.met, 'at-risk': c.atRisk, behind: c.behind, 'no-data': c.noData };
}

/** One bar divided by states, widths in proportion; the numbers are read out and shown below by {@link LightTally}. */
export function LightBar({ counts }: { counts: LightCounts }) {
  const by = countsByState(counts);
  return (
    <span className={css.bar} aria-hidden="true">
      {lightStates.map((s) => by[s] > 0 && <span key={s} data-state={s} style={{ flexGrow: by[s] }} />)}
    </span>
  );
}

/** `● 8 ▲ 2 ■ 1 ○ 3`, words for screen readers; states that do not occur are left out. */
export function LightTally({ counts }: { counts: LightCounts }) {
  const by = countsByState(counts);
  return (
    <span className={css.tally}>
      {lightStates.map((s) => by[s] > 0 && <Light key={s} state={s} bare count={by[s]} />)}
    </span>
  );
}
