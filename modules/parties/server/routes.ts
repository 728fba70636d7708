import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import * as contract from '../contract.ts';
import { type Changing, changeParty } from './change.ts';
import { listDifferences } from './differences.ts';
import { directory, docsOf } from './directory.ts';
import { type PartyDocs, type PartyKind, withParties } from './tables.ts';
import { departmentView, regionView } from './views.ts';

/** The module's routes. */
export function partyRoutes(platform: Platform): Route[] {
  const { policy, clock, pack } = platform;
  const places = directory(platform);
  const abilities = (actor: Actor) => ({ edit: policy.can(actor, contract.partiesManage) });

  async function historyOf(kind: PartyKind, id: string) {
    const rows = await withParties(platform.records)
      .selectFrom('partyHistory')
      .select(['version', 'at', 'byName', 'origin'])
      .where('kind', '=', kind)
      .where('id', '=', id)
      .orderBy('version', 'desc')
      .limit(200)
      .execute();
    return rows.map((r) => ({ version: r.version, at: r.at.toISOString(), by: r.byName, origin: r.origin }));
  }

  async function department(id: string, asOf: string, actor: Actor) {
    const standing = await places.standing();
    const doc = docsOf(standing.lookup.pack).departments.find((d) => d.id === id);
    if (!doc) throw new AppError('not_found', { what: `部门“${id}”` });
    return {
      asOf,
      view: departmentView(standing, doc, asOf),
      doc,
      history: await historyOf('department', id),
      abilities: abilities(actor),
    };
  }

  async function region(idOrCode: string, asOf: string, actor: Actor) {
    const standing = await places.standing();
    const { lookup } = standing;
    const id = lookup.region(idOrCode)?.id ?? lookup.regionByCode(idOrCode, asOf)?.regionId;
    const doc = docsOf(lookup.pack).regions.find((r) => r.id === id);
    if (!doc) throw new AppError('not_found', { what: `地区“${idOrCode}”` });
    return {
      asOf,
      view: regionView(standing, doc, asOf),
      doc,
      history: await historyOf('region', doc.id),
      abilities: abilities(actor),
    };
  }

  const change = <K extends PartyKind>(
    by: Changing,
    kind: K,
    id: string,
    doc: PartyDocs[K],
    version?: number,
  ) => changeParty(platform, by, { kind, id, doc, ...(version !== undefined && { version }) });

  return [
    route(contract.listDepartments, async ({ query, actor }) => {
      const asOf = query.asOf ?? clock.today();
      const standing = await places.standing();
      const { departments } = docsOf(standing.lookup.pack);
      return {
        asOf,
        departments: departments.map((doc) => departmentView(standing, doc, asOf)),
        abilities: abilities(actor),
      };
    }),
    route(contract.getDepartment, ({ params, query, actor }) =>
      department(params.id, query.asOf ?? clock.today(), actor),
    ),
    route(contract.addDepartment, async (call) => {
      await change(call, 'department', call.body.doc.id, call.body.doc);
      return department(call.body.doc.id, clock.today(), call.actor);
    }),
    route(contract.updateDepartment, async (call) => {
      await change(call, 'department', call.params.id, call.body.doc, call.body.version);
      return department(call.params.id, clock.today(), call.actor);
    }),
    route(contract.listRegions, async ({ query, actor }) => {
      const asOf = query.asOf ?? clock.today();
      const standing = await places.standing();
      const { regions } = docsOf(standing.lookup.pack);
      return {
        asOf,
        regions: regions.map((doc) => regionView(standing, doc, asOf)),
        abilities: abilities(actor),
      };
    }),
    route(contract.getRegion, ({ params, query, actor }) =>
      region(params.id, query.asOf ?? clock.today(), actor),
    ),
    route(contract.addRegion, async (call) => {
      await change(call, 'region', call.body.doc.id, call.body.doc);
      return region(call.body.doc.id, clock.today(), call.actor);
    }),
    route(contract.updateRegion, async (call) => {
      await change(call, 'region', call.params.id, call.body.doc, call.body.version);
      return region(call.params.id, clock.today(), call.actor);
    }),
    route(contract.getBoundaries, async ({ query }) => {
      const asOf = query.asOf ?? clock.today();
      const lookup = await places.lookup();
      const layer = lookup.boundariesAt(asOf);
      if (!layer) throw new AppError('not_found', { what: `${asOf} 的区划边界` });
      return {
        type: 'FeatureCollection' as const,
        asOf,
        layer: {
          id: layer.id,
          validFrom: layer.validFrom,
          validTo: layer.validTo,
          crs: layer.crs,
          source: pack.city.sources.find((s) => s.id === layer.source)?.title ?? layer.source,
          licence: layer.licence.spdx,
          derived: layer.derived ?? null,
        },
        features: layer.features.features.map((feature) => {
          const id = feature.properties.region;
          const at = lookup.regionAt(id, asOf)?.at;
          return {
            type: 'Feature' as const,
            properties: { region: id, name: at?.name.zh ?? id, code: at?.code ?? null },
            geometry: feature.geometry as never,
          };
        }),
      };
    }),
    route(contract.listDifferences, async () => ({ differences: await listDifferences(platform) })),
  ];
}
