import { isDemo } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import type { PlanFrame } from '../contract.ts';
import { type BoardState, defaultAsOf } from './board.ts';
import { planDb } from './tables.ts';

/** The plan's frame: everything on the board that does not depend on a date. */
export async function planFrame(platform: Platform, state: BoardState): Promise<PlanFrame> {
  const { plan, city, lights, indicators } = platform.pack;
  const asOf = defaultAsOf(platform);
  const source = city.sources.find((s) => s.id === plan.source);
  const departments = [...new Set(indicators.flatMap((i) => [...i.lead, ...i.assist]))];
  const published = await planDb(platform.records)
    .selectFrom('planSnapshot')
    .select('year')
    .distinct()
    .where('publishedAt', 'is not', null)
    .orderBy('year')
    .execute();
  return {
    id: plan.id,
    city: { ...city.name },
    title: { ...plan.title },
    start: plan.start,
    end: plan.end,
    years: [...plan.years],
    defaultAsOf: asOf,
    today: platform.clock.today(),
    demo: await isDemo(platform),
    projects: plan.projects.map((p) => ({
      id: p.id,
      name: p.name,
      nameInRoadmap: p.nameInRoadmap ?? null,
      en: p.en,
      tasks: p.tasks.map((t) => ({
        id: t.id,
        name: t.name,
        nameInRoadmap: t.nameInRoadmap ?? null,
        en: t.en,
      })),
    })),
    departments: departments.map((id) => ({ id, name: state.names.department(id).calledThen })),
    counties: state.names.reporters(asOf),
    lightRules: lights.map((r) => ({ id: r.id, kinds: [...r.appliesTo], text: { ...r.text } })),
    publishedYears: published.map((p) => p.year),
    source: {
      title: source?.title ?? plan.title.zh,
      issuer: source?.issuer ?? city.name.zh,
      number: source?.number ?? null,
      date: source?.date ?? null,
    },
  };
}
