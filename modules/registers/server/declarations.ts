import { sql } from 'kysely';
import type { DeepReadonly } from '#kernel/city/schema';
import type { RuleBasis } from '#kernel/city/schema-register';
import { jsonSchema } from '#kernel/fields/json-schema';
import { fieldView } from '#kernel/fields/model';
import type { Platform } from '#kernel/module';
import type { Lang, Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type {
  BasisView,
  EntryState,
  MeasureNote,
  RegisterGroup,
  RegisterSummary,
  RegisterView,
} from '../contract.ts';
import { type Access, abilitiesOf, accessTo, demandOpen, mayOpen, somewhere, visible } from './access.ts';
import { catalogueOf, registerOf } from './catalogue.ts';
import type { Asker } from './entries/entry-view.ts';
import { computedView } from './fields/computed.ts';
import type { RegisterModel } from './fields/model.ts';
import { measureId } from './figures/measures.ts';
import { schemaState } from './schemas.ts';
import { validOn } from './sql.ts';

const GROUPS: Record<RegisterGroup, Text> = {
  regions: { zh: '区域与园区', en: 'Regions and parks' },
  industry: { zh: '产业', en: 'Industry' },
  enterprises: { zh: '企业与产品', en: 'Enterprises and products' },
  services: { zh: '服务体系', en: 'Services' },
  talent: { zh: '人才与教育', en: 'Talent and education' },
  policy: { zh: '法规政策', en: 'Rules and policies' },
  statistics: { zh: '统计数据', en: 'Statistics' },
  catalogues: { zh: '清单目录', en: 'Catalogues' },
};

type Basis = DeepReadonly<typeof RuleBasis._zod.output>;

function basisView(platform: Platform, basis: Basis): BasisView {
  const source = platform.pack.city.sources.find((s) => s.id === basis.source);
  const number = source?.number ? `（${source.number}）` : '';
  return {
    text: basis.text,
    source: source ? `${source.title}${number}` : basis.source,
    verified: basis.verified,
  };
}

async function keeperName(platform: Platform, model: RegisterModel, lang: Lang): Promise<string> {
  const { department } = model.decl.keeper;
  const lookup = await directory(platform).lookup();
  const today = platform.clock.today();
  const answering = lookup.currentDepartments(department, today);
  const names = answering.map((id) => lookup.departmentName(id, today)?.[lang] ?? id);
  return names.join(lang === 'zh' ? '、' : ', ');
}

/** Registers the asker may see, with counts of what they may see of them. */
export async function summaries(platform: Platform, asker: Asker): Promise<RegisterSummary[]> {
  const found: RegisterSummary[] = [];
  for (const model of catalogueOf(platform.pack).values()) {
    const access = await accessTo(platform, asker.actor, model);
    if (!mayOpen(access, model)) continue;
    const { rows } = await sql<{ state: EntryState; n: number; inForce: number; at: Date | null }>`
      select s.state, count(*)::int as n, max(s.recorded_from) as at,
        count(*) filter (where ${validOn(platform.clock.today())})::int as "inForce"
      from register_slice s
     where s.register = ${model.decl.id} and s.last and s.recorded_to is null and ${visible(access, model)}
     group by s.state`.execute(platform.records);
    const of = (state: EntryState) => rows.find((r) => r.state === state)?.n ?? 0;
    const moments = rows.flatMap((r) => (r.at === null ? [] : [r.at.getTime()]));
    found.push({
      ...(await head(platform, model, access, asker.lang)),
      counts: {
        inForce: rows.find((r) => r.state === 'published')?.inForce ?? 0,
        published: of('published'),
        proposed: of('proposed'),
        verified: of('verified'),
        expired: of('expired'),
        removed: of('removed'),
      },
      updatedAt: moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString(),
    });
  }
  return found;
}

async function head(platform: Platform, model: RegisterModel, access: Access, lang: Lang) {
  const { decl } = model;
  return {
    id: decl.id,
    title: decl.title[lang],
    group: decl.group,
    groupLabel: GROUPS[decl.group][lang],
    purpose: decl.purpose[lang],
    public: decl.public,
    keeper: await keeperName(platform, model, lang),
    abilities: abilitiesOf(access),
  };
}

/** Measures of a register with the indicators that stand on them, as numerators or as denominators. */
export function measureNotes(platform: Platform, model: RegisterModel, lang: Lang): MeasureNote[] {
  return model.decl.measures.map((m) => {
    const measure = measureId(model.decl.id, m.id);
    const uses = (ref: { id: string; per?: string | undefined } | undefined) =>
      ref !== undefined && (ref.id === measure || ref.per === measure);
    const indicators = platform.pack.indicators.flatMap((indicator) => [
      ...(uses(indicator.measure) ? [{ no: indicator.no, title: indicator.title }] : []),
      ...(indicator.parts ?? []).flatMap((part) =>
        uses(part.measure) ? [{ no: indicator.no, title: `${indicator.title} · ${part.title}` }] : [],
      ),
    ]);
    return { id: m.id, measure, title: m.title[lang], unit: m.unit[lang], rule: m.rule[lang], indicators };
  });
}

/** One register as declared, in the reader's language. Throws `not_found` for what the asker may not see. */
export async function registerView(platform: Platform, asker: Asker, id: string): Promise<RegisterView> {
  const model = registerOf(platform.pack, id);
  const access = await accessTo(platform, asker.actor, model);
  demandOpen(access, model);
  const { decl } = model;
  const { lang } = asker;
  const internal = somewhere(access.inside);
  const seen = (key: string) => internal || !model.byKey.get(key)?.internal;
  const { validity, entry } = decl;
  const basis = (b: Basis) => basisView(platform, b);
  return {
    ...(await head(platform, model, access, lang)),
    prefix: decl.prefix,
    basis: decl.basis.map(basis),
    note: decl.note ?? null,
    counties: decl.keeper.counties,
    fields: [
      ...model.fields
        .filter((f) => internal || !f.internal)
        .map((f) => fieldView(internal ? f : { ...f, items: f.items.filter((i) => !i.internal) }, lang)),
      ...(decl.computed ?? []).map((c) => computedView(c, lang)),
    ],
    keys: decl.entry.keys.map((k) => [...k]),
    titleField: entry.title,
    regionField: entry.region ?? null,
    industryField: entry.industry ?? null,
    organisationFields: entry.organisation
      ? { name: entry.organisation.name, code: entry.organisation.code ?? null }
      : null,
    columns: decl.list.filter(seen),
    facets: decl.facets.filter(seen),
    validity: {
      from: validity.from,
      to: validity.to ?? null,
      months: validity.months ?? null,
      expires: validity.expires,
      remind: [...validity.remind],
      basis: validity.basis ? basis(validity.basis) : null,
    },
    rechecks: (decl.rechecks ?? []).map((r) => ({
      id: r.id,
      title: r.title[lang],
      months: r.months,
      from: [...r.from],
      basis: basis(r.basis),
    })),
    ladder: decl.ladder
      ? {
          field: decl.ladder.field,
          steps: decl.ladder.steps.map((s) => ({
            value: s.value,
            label:
              model.byKey.get(decl.ladder?.field ?? '')?.choices?.find((c) => c.value === s.value)?.label[
                lang
              ] ?? s.value,
            criteria: s.criteria.map((c) => ({
              id: c.id,
              title: c.title[lang],
              basis: basis(c.basis),
              from: c.from,
              to: c.to,
            })),
          })),
        }
      : null,
    measures: measureNotes(platform, model, lang),
    schemaVersion: schemaState(platform, id).version,
  };
}

/** JSON Schema of a register's entries for the asker. */
export async function schemaFor(
  platform: Platform,
  asker: Asker,
  id: string,
): Promise<Record<string, unknown>> {
  const model = registerOf(platform.pack, id);
  const access = await accessTo(platform, asker.actor, model);
  demandOpen(access, model);
  return jsonSchema(
    model,
    { title: model.decl.title, description: model.decl.purpose },
    { internal: access.inside === 'all', lang: asker.lang },
  );
}
