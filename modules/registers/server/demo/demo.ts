import { addDays, type CalendarDate, yearEnd } from '#kernel/calendar/date';
import { readRecord } from '#kernel/fields/read';
import { readFact, writeFact } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import { seeded } from '#kernel/random';
import { catalogueOf } from '../catalogue.ts';
import { readingOf } from '../entries/entries.ts';
import { targetsOf } from '../entries/targets.ts';
import { type Intent, write } from '../entries/write.ts';
import type { RegisterModel } from '../fields/model.ts';
import { endOfDay } from '../lists/narrow.ts';
import { schemaState } from '../schemas.ts';
import type { EntryData } from '../tables.ts';
import { DemoFirms, demoRechecks, demoRecord } from './demo-record.ts';

/** Remembers that the demonstration was written: an interrupted start goes on where it stopped. */
const fact = (register: string) => `registers.demo.${register}`;

/**
 * Fills the registers with the demonstration that their declarations ask for: entries that appear to have been recorded at
 * the end of the quarter in which they begin, so that looking back shows what was known. A few of the newest still wait
 * to be verified or published. Records that do not fit their own declaration are left out and logged.
 */
export async function loadDemoRegisters(platform: Platform): Promise<void> {
  const { pack } = platform;
  const firms = new DemoFirms(pack, seeded(pack.city.demo.seed));
  for (const model of inOrder([...catalogueOf(pack).values()])) {
    if (!model.decl.demo || (await readFact(platform.records, fact(model.decl.id))) === true) continue;
    await loadOne(platform, model, firms);
  }
}

/** Registers after those that they refer to. */
function inOrder(models: readonly RegisterModel[]): RegisterModel[] {
  const byId = new Map(models.map((m) => [m.decl.id, m]));
  const done = new Set<string>();
  const order: RegisterModel[] = [];
  const visit = (model: RegisterModel) => {
    if (done.has(model.decl.id)) return;
    done.add(model.decl.id);
    for (const field of model.fields)
      for (const one of [field, ...field.items]) {
        const target = one.def.type === 'string' ? byId.get(one.def['x-register'] ?? '') : undefined;
        if (target) visit(target);
      }
    order.push(model);
  };
  for (const model of models) visit(model);
  return order;
}

async function loadOne(platform: Platform, model: RegisterModel, firms: DemoFirms): Promise<void> {
  const { demo, id } = model.decl;
  const random = seeded(
    platform.pack.city.demo.seed + [...id].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7),
  );
  const today = platform.clock.today();
  const inputs: EntryData[] = (demo?.rows ?? []).map((row) => ({ ...row }));
  for (const [year, count] of Object.entries(demo?.perYear ?? {}))
    for (let n = 0; n < count; n++)
      inputs.push(
        demoRecord(model, {
          year: Number(year),
          place: inputs.length,
          random,
          firms,
          pack: platform.pack,
          today,
        }),
      );
  for (const input of inputs) demoRechecks(model, input, { random, today });
  const targets = await targetsOf(platform.records, platform.pack, model, inputs);
  const ctx = { ...(await readingOf(platform, 'json')), ...targets };
  const quarters = new Map<CalendarDate, Intent[]>();
  for (const [place, input] of inputs.entries()) {
    const { data, issues } = readRecord(model, input, ctx);
    if (issues.length > 0) {
      platform.log.warn({ register: id, place, issues: issues.slice(0, 3) }, 'demonstration entry left out');
      continue;
    }
    const from = data[model.decl.validity.from];
    const known = quarterEnd(typeof from === 'string' ? from : platform.pack.plan.start);
    const day = known < today ? known : today;
    const late =
      demo?.perYear !== undefined && place >= inputs.length - Math.min(3, Math.floor(inputs.length / 10));
    const state = late
      ? ((['proposed', 'verified', 'proposed'] as const)[place % 3] ?? 'proposed')
      : 'published';
    quarters.set(day, [...(quarters.get(day) ?? []), { kind: 'create', data, state, reason: '演示数据' }]);
  }
  const days = [...quarters.keys()].sort();
  await platform.records.transaction().execute(async (trx) => {
    for (const day of days) {
      const outcomes = await write(
        trx,
        {
          platform,
          model,
          actor: system,
          access: { keep: 'all', propose: 'all', inside: 'all' },
          requestId: null,
          schemaVersion: schemaState(platform, id).version,
          recordedAt: day === today ? platform.clock.now() : endOfDay(day),
        },
        quarters.get(day) ?? [],
      );
      const refused = outcomes.filter((o) => !o.ok);
      if (refused[0])
        platform.log.warn(
          { register: id, refused: refused.length, first: refused[0] },
          'demonstration entry left out',
        );
    }
    await writeFact(trx, fact(id), true);
  });
}

function quarterEnd(day: CalendarDate): CalendarDate {
  const year = Number(day.slice(0, 4));
  const month = Math.ceil(Number(day.slice(5, 7)) / 3) * 3;
  return month === 12 ? yearEnd(year) : addDays(`${year}-${String(month + 1).padStart(2, '0')}-01`, -1);
}
