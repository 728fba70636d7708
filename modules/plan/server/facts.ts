import type { EndpointResponse } from '#kernel/http/contract';
import type { FactPage } from '#kernel/measures/measures';
import type { Text } from '#kernel/text';
import type { listFacts } from '../contract.ts';
import { type BoardState, boundOf, type Scope } from './board.ts';
import { planError } from './errors.ts';
import { askedOf, POPULATION, residents } from './measured.ts';
import { packIndicator } from './views.ts';

/** What `population` is, where it stands as a denominator beside measures. */
export const populationInfo: Record<'title' | 'unit' | 'rule', Text> = {
  title: residents,
  unit: { zh: '人', en: 'people' },
  rule: {
    zh: '上一年末的常住人口；年鉴晚出、该年还没有数的，取此前最近一年。数值和出处见城市数据包。',
    en: 'Residents at the end of the year before, or of the last year before that which is known: a yearbook appears months late. Figures and sources stand in the city pack.',
  },
};

/** Which rows are asked for. */
export interface FactsAsked {
  part?: string | undefined;
  side: 'of' | 'per';
  known: 'then' | 'now';
  cursor?: string | undefined;
  limit: number;
}

/**
 * The rows behind a measured figure, or behind either half of a quotient, as known when the day's year was frozen or as
 * known now. Throws `plan_indicator`, and `plan_no_measure` where nothing is measured.
 */
export async function factsBehind(
  state: BoardState,
  no: string,
  scope: Scope,
  asked: FactsAsked,
): Promise<EndpointResponse<typeof listFacts>> {
  const { platform } = state;
  const bound = boundOf(platform.pack, packIndicator(platform, no).no, asked.part ?? null);
  const id = asked.side === 'of' ? bound?.id : bound?.per;
  if (id === POPULATION) return populationFacts(state, scope);
  const measure = id === undefined ? undefined : platform.measures.find(id);
  if (!bound || !measure) throw planError('plan_no_measure', { no });
  const knownAt = asked.known === 'then' ? state.frozen.knownAt(scope.asOf) : null;
  const page = await measure.facts({
    ...askedOf(bound, {
      asOf: scope.asOf,
      ...(scope.region && { region: scope.region }),
      ...(knownAt && { knownAt }),
    }),
    limit: asked.limit,
    ...(asked.cursor && { cursor: asked.cursor }),
  });
  return shown(page, scope, { ...measure, knownAt });
}

function shown(
  page: FactPage,
  { asOf, lang }: Scope,
  of: { id: string; title: Text; rule: Text; knownAt: Date | null },
): EndpointResponse<typeof listFacts> {
  return {
    asOf,
    measure: of.id,
    title: of.title[lang],
    rule: of.rule[lang],
    knownAt: of.knownAt?.toISOString() ?? null,
    total: page.total,
    columns: page.columns.map((c) => ({ id: c.id, title: c.title[lang], kind: c.kind })),
    rows: page.rows.map((r) => ({ ...r })),
    next: page.next,
  };
}

/** The one row of the city pack that was divided by. */
function populationFacts(state: BoardState, scope: Scope): EndpointResponse<typeof listFacts> {
  const { pack } = state.platform;
  const row = state.names.populationRow(scope.asOf, scope.region);
  const source = row && pack.city.sources.find((s) => s.id === row.source);
  const page: FactPage = {
    columns: [
      { id: 'region', title: { zh: '地区', en: 'Region' }, kind: 'text' },
      { id: 'year', title: { zh: '年末', en: 'End of year' }, kind: 'text' },
      { id: 'value', title: { zh: '常住人口（人）', en: 'Residents' }, kind: 'number' },
      { id: 'basis', title: { zh: '性质', en: 'Kind' }, kind: 'text' },
      { id: 'source', title: { zh: '出处', en: 'Source' }, kind: 'text' },
    ],
    rows: row
      ? [
          {
            id: `${row.region} ${row.year}`,
            href: null,
            cells: {
              region: state.names.regionName(row.region, scope.asOf),
              year: String(row.year),
              value: row.value,
              basis: (row.basis === 'printed' ? printed : approximate)[scope.lang],
              source: source?.title ?? row.source,
            },
          },
        ]
      : [],
    total: row ? 1 : 0,
    next: null,
  };
  return shown(page, scope, { id: POPULATION, ...populationInfo, knownAt: null });
}

const printed: Text = { zh: '原文所载', en: 'as printed' };
const approximate: Text = { zh: '约数', en: 'approximate' };
