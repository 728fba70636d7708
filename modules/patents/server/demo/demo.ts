import { addDays, type CalendarDate, yearOf } from '#kernel/calendar/date';
import { cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import { sha256 } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { type Random, seeded } from '#kernel/random';
import { lockInTrx } from '#kernel/records';
import { writeBatch } from '../corpus/batch.ts';
import type { Locate, PatentContent } from '../corpus/content.ts';
import { nextVersion } from '../imports/import-run.ts';
import { knownSource } from '../imports/source-rows.ts';
import { kernelTrx, withPatents } from '../tables.ts';
import { DemoMaker, dayIn } from './demo-make.ts';

const FIRST_YEAR = 2008;
const BATCH = 5000;
/** Measured against planned, year by year: the curve crosses its target both ways. */
const INVENTION_FACTORS = [0.98, 1.02, 1.01, 0.97];
const PCT_FACTORS = [1.03, 0.96, 1.02, 1.08];

/** Loads the demonstration patents once. A start that was interrupted while doing so does it again, with the same result. */
export async function loadDemoPatents(platform: Platform, locate: Locate): Promise<void> {
  const { pack, clock, stores } = platform;
  const records = withPatents(platform.records);
  const seed = pack.city.demo.seed;
  const importId = demoImportId(pack);
  const there = await records
    .selectFrom('patentImport')
    .select('state')
    .where('id', '=', importId)
    .executeTakeFirst();
  if (there?.state === 'done') return;
  const at = clock.now();
  if (!there)
    await records.transaction().execute(async (trx) =>
      trx
        .insertInto('patentImport')
        .values({
          id: importId,
          sourceId: await knownSource(trx, 'demo'),
          fileName: `演示数据（种子 ${seed}）`,
          size: 0,
          format: 'demo',
          // Not `running`: no worker may take it over.
          state: 'paused',
          createdByName: '系统',
          createdByRole: 'system',
          createdAt: at,
          startedAt: at,
        })
        .execute(),
    );
  const counts = { accepted: 0, updated: 0, unchanged: 0 };
  let row = 0;
  let pending: Promise<void> = Promise.resolve();
  const write = (contents: PatentContent[]) =>
    records.transaction().execute(async (trx) => {
      await lockInTrx(kernelTrx(trx), 'patents.corpus');
      const rows = contents.map((content) => ({ row: ++row, content }));
      const stamp = { importId, version: await nextVersion(trx), at, demo: true };
      const done = await writeBatch(stores.corpus, trx, rows, stamp, locate);
      for (const key of ['accepted', 'updated', 'unchanged'] as const) counts[key] += done.counts[key];
    });
  for (const contents of batches(demoPatents(pack, seeded(seed)))) {
    await pending;
    pending = write(contents);
    pending.catch(() => {});
  }
  await pending;
  await records
    .updateTable('patentImport')
    .set({ state: 'done', finishedAt: clock.now(), ...counts })
    .where('id', '=', importId)
    .execute();
}

/** Always the same for a pack's seed, so that a repeated load replaces what an interrupted one wrote. */
function demoImportId(pack: CityPack): string {
  const h = sha256(`patents.demo ${pack.city.id} ${pack.city.demo.seed}`);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

function* batches(contents: Iterable<PatentContent>): Generator<PatentContent[]> {
  let batch: PatentContent[] = [];
  for (const content of contents) {
    batch.push(content);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * All demonstration patents of a pack, oldest first. As many inventions are in force at each year's end as the bound
 * indicator's target asks for (times a factor near one), rising from the first year on; PCT applications likewise; utility
 * models and designs beside them.
 */
export function* demoPatents(pack: CityPack, random: Random): Generator<PatentContent> {
  const maker = new DemoMaker(cityLookup(pack), random);
  const stock = inventionCurve(pack);
  const lapses = new Map<string, number>();
  let inForce = 0;
  for (let year = FIRST_YEAR; year <= yearOf(pack.plan.end); year++) {
    for (let month = 1; month <= 12; month++) {
      const key = (date: CalendarDate) => date.slice(0, 7);
      const now = `${year}-${String(month).padStart(2, '0')}`;
      inForce -= lapses.get(now) ?? 0;
      const grants = Math.max(0, Math.round(stock(year, month)) - inForce);
      inForce += grants;
      for (let n = 0; n < grants; n++) {
        const published = dayIn(random, year, month);
        const filed = addDays(published, -random.int(500, 1400));
        const lapse = random.chance(0.06) ? addDays(published, random.int(900, 2900)) : null;
        if (lapse) lapses.set(key(lapse), (lapses.get(key(lapse)) ?? 0) + 1);
        const status = lapse
          ? ({ status: 'lapsed', statusText: '失效（未缴年费）', statusDate: lapse } as const)
          : ({ status: 'in-force', statusText: '有效', statusDate: '' } as const);
        yield* maker.make({ kind: 'B', filed, published, ...status }, random.chance(0.06));
      }
      for (let n = 0; n < Math.round(grants / 7); n++) {
        const published = dayIn(random, year, month);
        const filed = addDays(published, -random.int(120, 320));
        const kind = random.chance(0.65) ? 'U' : 'S';
        yield* maker.make(
          { kind, filed, published, status: 'in-force', statusText: '有效', statusDate: '' },
          false,
        );
      }
    }
  }
  yield* pctPatents(pack, random, maker);
}

/** Inventions to be in force at the end of a month. Before the plan's first year they grow by a fifth a year. */
function inventionCurve(pack: CityPack): (year: number, month: number) => number {
  const bound = pack.indicators.find((i) => i.measure?.id === 'patents.inventions-in-force');
  const scale = bound?.measure?.scale ?? 10_000;
  const city = pack.regions.find((r) => r.kind === 'city')?.id;
  const people = (year: number) =>
    pack.population.find((p) => p.region === city && p.year === year && p.kind === 'resident')?.value ??
    1_000_000;
  const ends = new Map<number, number>();
  pack.plan.years.forEach((text, i) => {
    const year = Number(text);
    const target = bound?.targets[text];
    const wanted = typeof target === 'number' ? target : 2;
    const per = bound?.measure?.per === 'population' ? people(year) / scale : 1;
    ends.set(year, wanted * per * INVENTION_FACTORS[i % INVENTION_FACTORS.length]!);
  });
  const first = Number(pack.plan.years[0]);
  const atEnd = (year: number): number =>
    ends.get(year) ??
    (year < first ? (ends.get(first) ?? 0) * 0.8 ** (first - year) : [...ends.values()].at(-1)!);
  return (year, month) => {
    const before = year <= FIRST_YEAR ? 0 : atEnd(year - 1);
    return before + ((atEnd(year) - before) * month) / 12;
  };
}

function* pctPatents(pack: CityPack, random: Random, maker: DemoMaker): Generator<PatentContent> {
  const bound = pack.indicators.find((i) => i.measure?.id === 'patents.pct-applications');
  let made = 0;
  for (const [i, text] of pack.plan.years.entries()) {
    const target = bound?.targets[text];
    const wanted =
      (typeof target === 'number' ? target : 50 * (i + 1)) * PCT_FACTORS[i % PCT_FACTORS.length]!;
    const count = Math.max(0, Math.round(wanted) - made);
    made += count;
    const days = Array.from({ length: count }, () => dayIn(random, Number(text), random.int(1, 12))).sort();
    for (const filed of days) {
      if (filed < pack.plan.start.slice(0, 4)) continue;
      const published = addDays(filed, random.int(180, 540));
      yield* maker.make(
        { kind: 'WO', filed, published, status: 'pending', statusText: '国际公布', statusDate: '' },
        false,
      );
    }
  }
}
