import type { DeepReadonly } from './schema.ts';
import type { ItemAction, ItemState, ServiceItem } from './schema-item.ts';

/** What of an item says which state can follow which. */
type Graph = DeepReadonly<Pick<ServiceItem, 'states' | 'actions'>>;
type State = DeepReadonly<ItemState>;
type Action = DeepReadonly<ItemAction>;

/** The state before anything was done. */
export function firstState(item: Graph): State {
  return item.states[0]!;
}

/** Actions that may be done in a state, in the order of the definition. */
export function actionsFrom(item: Graph, state: string): Action[] {
  return item.actions.filter((action) => action.from.includes(state));
}

/** Clocks that an action ends, whether it is what they waited for or not. */
export function endedBy(action: Action): string[] {
  return [...action.meets, ...action.stops];
}

/** States that can be reached from one, itself included. */
export function reachable(item: Graph, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found)
    for (const { to } of actionsFrom(item, state)) if (to !== undefined) found.add(to);
  return found;
}

/** States from which some end can be reached, ends included. */
export function leadingToAnEnd(item: Graph): Set<string> {
  const found = new Set(item.states.filter((state) => state.end).map((state) => state.id));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { from, to } of item.actions)
      if (to !== undefined && found.has(to)) for (const state of from) found.add(state);
  }
  return found;
}

/**
 * A way on which a clock runs on for ever: it still runs, or stands, when the matter ends, and nothing that may be done then
 * stops it. The actions of the way, the starting one first; null where the clock can be stopped on every way. Of several ways
 * one with the fewest actions.
 * @param from the state in which it runs, whatever started it; without it the actions of the item do.
 */
export function clockLeftRunning(item: Graph, clock: string, from?: string): Action[] | null {
  const ends = new Set(item.states.filter((state) => state.end).map((state) => state.id));
  const seen = new Set<string>();
  /** Where the clock runs, and how one came there. */
  const open: { state: string; way: Action[] }[] = [];
  const enter = (state: string, way: Action[]) => {
    if (seen.has(state)) return;
    seen.add(state);
    open.push({ state, way });
  };
  if (from !== undefined) enter(from, []);
  else
    for (const action of item.actions)
      if (action.starts.includes(clock))
        for (const state of action.to === undefined ? action.from : [action.to]) enter(state, [action]);
  for (const { state, way } of open) {
    const actions = actionsFrom(item, state);
    if (ends.has(state) && !actions.some((action) => endedBy(action).includes(clock))) return way;
    for (const action of actions)
      if (action.to !== undefined && !endedBy(action).includes(clock)) enter(action.to, [...way, action]);
  }
  return null;
}
