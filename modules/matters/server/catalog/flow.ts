import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import { ruleText } from '#kernel/calendar/rule-text';
import { firstState } from '#kernel/city/item-graph';
import type { CityPack } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Lang } from '#kernel/text';
import type { catalogItem } from '../../contract.ts';

type Item = CityPack['items'][number];
type Action = Item['actions'][number];
/** A drawing of a procedure: states and actions with their places, and the arrows between them. */
export type Flow = EndpointResponse<typeof catalogItem>['flow'];
export type FlowNode = Flow['nodes'][number];

/** How a procedure is drawn. */
export interface FlowStyle {
  /** Draw what may be done in many states from one box that names them, and leave out what changes no state. */
  gather: boolean;
  /** Width and height of a node with these lines of text, in pixels. */
  size(
    kind: FlowNode['kind'],
    lines: readonly string[],
    actor: string | null,
  ): [width: number, height: number];
}

/** Widths in pixels at the size of text of the chart: 13 pixels. */
const WIDE = 13;
const NARROW = 7;
const LINE = 18;
const MOST = 13 * WIDE;
/** From so many states on, arrows from each of them would hide the chart. */
const MANY = 3;

/** Width of a text, in pixels: Chinese characters and full-width signs are twice as wide as others. */
function widthOf(text: string): number {
  return [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? WIDE : NARROW), 0);
}

/** Breaks a text into lines that fit: between Chinese characters, else between words. */
function linesOf(text: string): string[] {
  const pieces = text.match(/[\u2e80-\uffff][，。、；：）”]*|[^\s\u2e80-\uffff]+\s?|\s/gu) ?? [];
  const lines: string[] = [''];
  for (const piece of pieces) {
    const line = lines.at(-1)!;
    if (line !== '' && widthOf(line + piece.trimEnd()) > MOST) lines.push(piece);
    else lines[lines.length - 1] = line + piece;
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** The chart on the page. */
export const CHART: FlowStyle = {
  gather: true,
  size(kind, lines, actor) {
    const text = Math.max(...lines.map(widthOf), actor === null ? 0 : widthOf(actor));
    const height = (lines.length + (actor === null ? 0 : 1)) * LINE;
    return kind === 'action' ? [text + 28, height + 14] : [Math.max(64, text + 32), height + 12];
  },
};

/** A procedure as a drawing. */
export function flowOf(item: Item, limits: CityPack['limits'], lang: Lang, style: FlowStyle): Flow {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'TB', nodesep: 14, ranksep: 26, edgesep: 12, marginx: 12, marginy: 12 });
  const nodes = new Map<string, Omit<FlowNode, 'x' | 'y'>>();
  /** What stands on the arrows to an action. */
  const labels = new Map<string, string>();
  const add = (id: string, kind: FlowNode['kind'], text: string, actor: FlowNode['actor'] = null) => {
    const lines = linesOf(text);
    const [width, height] = style.size(kind, lines, actor?.name ?? null);
    nodes.set(id, { id, kind, lines, actor, width, height });
    graph.setNode(id, { width, height });
  };
  const first = firstState(item).id;
  const titles = new Map(item.states.map((state) => [state.id, state.title[lang]]));
  const stateNode = (id: string) => `state-${id}`;
  for (const { id, title, end } of item.states)
    add(stateNode(id), id === first ? 'start' : end ? 'end' : 'state', title[lang]);
  const roles = new Map(item.roles.map((role) => [role.id, role]));
  const ends = new Set(item.states.filter((state) => state.end).map((state) => state.id));
  for (const action of item.actions) {
    if (action.to === undefined && style.gather) continue;
    const id = `action-${action.id}`;
    const role = roles.get(action.by)!;
    if (action.to === undefined) {
      // What changes no state is a step of its own in each state, leading back to it. After an end nothing flows.
      for (const state of action.from.filter((one) => !ends.has(one))) {
        add(`${id}.${state}`, 'action', action.title[lang], { name: role.title[lang], side: role.side });
        graph.setEdge(stateNode(state), `${id}.${state}`, {});
        graph.setEdge(`${id}.${state}`, stateNode(state), {});
      }
      continue;
    }
    add(id, 'action', action.title[lang], { name: role.title[lang], side: role.side });
    const label = labelOf(item, limits, action, lang);
    const labelled = label === '' ? {} : { width: widthOf(label) + 8, height: LINE, labelpos: 'c' as const };
    const gathered = style.gather && action.from.length >= MANY;
    if (gathered) {
      const box = `states-${action.from.join(' ')}`;
      if (!nodes.has(box))
        add(box, 'states', action.from.map((state) => titles.get(state)).join(lang === 'zh' ? '、' : ', '));
      graph.setEdge(box, id, labelled);
    } else for (const state of action.from) graph.setEdge(stateNode(state), id, { ...labelled });
    graph.setEdge(id, stateNode(action.to), {});
    labels.set(id, label);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: [...nodes.values()].map((node) => {
      const { x = 0, y = 0 } = graph.node(node.id);
      return { ...node, x: round(x), y: round(y) };
    }),
    edges: graph.edges().map(({ v, w }: { v: string; w: string }) => {
      const { points = [], x, y } = graph.edge(v, w);
      const text = labels.get(w);
      return {
        from: v,
        to: w,
        points: points.map((p: { x: number; y: number }) => ({ x: round(p.x), y: round(p.y) })),
        label: text && x !== undefined && y !== undefined ? { text, x: round(x), y: round(y) } : null,
      };
    }),
  };
}

const round = (n: number) => Math.round(n * 10) / 10;

/** What stands on the arrow to an action: within what time it is to be done, or after which time it may be. */
function labelOf(item: Item, limits: CityPack['limits'], action: Action, lang: Lang): string {
  const ruleOf = (clock: string) => {
    const { limit } = item.clocks.find((one) => one.id === clock)!;
    return ruleText(limits.limits.find((one) => one.id === limit)!.rule)[lang];
  };
  const list = (clocks: readonly string[]) =>
    [...new Set(clocks.map(ruleOf))].join(lang === 'zh' ? ' 或 ' : ' or ');
  if (action.meets.length > 0)
    return lang === 'zh' ? `${list(action.meets)}内` : `within ${list(action.meets)}`;
  if (action.after.length > 0)
    return lang === 'zh' ? `满 ${list(action.after)}` : `after ${list(action.after)}`;
  return '';
}
