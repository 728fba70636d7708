import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import { urlOf } from '#kernel/http/contract';
import { rootPath } from '#kernel/paths';
import { baseRoles } from '#kernel/policy/roles';
import { browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { modules } from '../modules.ts';

/** Who may call an endpoint: everybody, every account, or the named roles alone. */
type Who = 'public' | 'signed-in' | readonly string[];

const administrator = ['administrator'];
const office = ['plan-office'];
const reporters = ['department-officer', 'county-officer'];
const readers = [...reporters, 'plan-office', 'leader', 'administrator'];
const organisers = ['plan-office', 'data-officer', 'administrator'];
const importers = ['data-officer', 'administrator'];
const assessors = ['administrator', 'plan-office'];
const curators = ['data-officer', 'administrator', 'plan-office'];
const granters = ['administrator', 'data-officer'];
const firmManager = ['firm-manager'];
const caseOfficer = ['case-officer'];
const caseHead = ['case-head'];
const ofOffice = ['case-officer', 'case-head'];
const ofFirms = ['firm-manager', 'firm-user'];

/** Every endpoint of every module. One that is missing here fails the test: decide who may call it and add its line. */
const table: Record<string, Who> = {
  'GET /api/health': 'public',
  'GET /api/metrics': 'public',
  'GET /api/catalog/items': 'public',
  'GET /api/catalog/items/:id': 'public',
  'GET /api/catalog/items/:id/bpmn': 'public',
  'GET /api/catalog/items/:id/course': 'public',
  'GET /api/catalog/items/:id/form': 'public',
  'GET /api/catalog/portals': 'public',
  'GET /api/matters': ofOffice,
  'GET /api/matters/mine': 'signed-in',
  'POST /api/matters': 'public',
  'GET /api/matters/:number': 'public',
  'GET /api/matters/:number/log': 'public',
  'GET /api/matters/:number/dossier': ofOffice,
  'POST /api/matters/:number/actions/:action': 'public',
  'POST /api/matters/:number/account': 'signed-in',
  'POST /api/matters/:number/handler': ofOffice,
  'POST /api/matters/:number/transfer': ofOffice,
  'POST /api/matters/papers': 'public',
  'GET /api/matters/:number/papers/:no': 'public',
  'GET /api/matters/:number/papers/:no/pdf': 'public',
  'POST /api/matters/:number/preview': ofOffice,
  'GET /api/templates': caseHead,
  'GET /api/templates/:item/:document': caseHead,
  'POST /api/templates/:item/:document/versions': caseHead,
  'POST /api/templates/:item/:document/use': caseHead,
  'GET /api/templates/:item/:document/versions/:version/file': caseHead,
  'GET /api/templates/:item/:document/versions/:version/preview': caseHead,
  'POST /api/matters/:number/papers/:no/service': caseOfficer,
  'POST /api/matters/:number/papers/:no/strike': caseOfficer,
  'POST /api/matters/:number/vault': caseOfficer,
  'POST /api/matters/:number/messages': 'public',
  'POST /api/matters/:number/rating': 'public',
  'POST /api/matters/:number/rating/answer': caseOfficer,
  'POST /api/matters/:number/parties': caseOfficer,
  'POST /api/matters/:number/parties/:no/code': caseOfficer,
  'POST /api/matters/:number/parties/:no/end': caseOfficer,
  'GET /api/matters/:number/publication': ofOffice,
  'PUT /api/matters/:number/publication': caseOfficer,
  'POST /api/matters/:number/publication/end': ['case-head'],
  'GET /api/matters/:number/versions': ['case-head'],
  'POST /api/matters/:number/version': ['case-head'],
  'PUT /api/matters/:number/panel': ['case-head'],
  'POST /api/matters/:number/recusals': ['case-head'],
  'GET /api/publications': 'public',
  'GET /api/publications/:id': 'public',
  'GET /api/matters/calendar': ofOffice,
  'POST /api/matters/calendar': ofOffice,
  'DELETE /api/matters/calendar': ofOffice,
  'GET /api/matters/calendar/:token/due.ics': 'public',
  'GET /api/matters/absences': ofOffice,
  'POST /api/matters/absences': ofOffice,
  'POST /api/matters/absences/:id/end': ofOffice,
  'GET /api/verify/:code': 'public',
  'GET /api/matters/drafts': 'signed-in',
  'GET /api/matters/drafts/:key': 'public',
  'PUT /api/matters/drafts/:key': 'public',
  'DELETE /api/matters/drafts/:key': 'public',
  'GET /api/calendar/due': 'public',
  'GET /api/calendar/limits': 'public',
  'GET /api/identifiers/:kind/*': 'public',

  'GET /api/me': 'public',
  'GET /api/accounts': administrator,
  'GET /api/accounts/:id': administrator,
  'POST /api/accounts': administrator,
  'PATCH /api/accounts/:id': administrator,
  'PUT /api/accounts/:id/grants': administrator,
  'POST /api/accounts/:id/disable': administrator,
  'POST /api/accounts/:id/enable': administrator,
  'PUT /api/accounts/:id/password': administrator,
  'DELETE /api/accounts/:id/two-factor': administrator,
  'GET /api/roles': administrator,
  'GET /api/tokens': 'signed-in',
  'POST /api/tokens': 'signed-in',
  'DELETE /api/tokens/:id': 'signed-in',
  'GET /api/audit': administrator,
  'GET /api/audit/verify': administrator,
  'GET /api/notifications': 'signed-in',
  'POST /api/notifications/:id/read': 'signed-in',
  'POST /api/notifications/read-all': 'signed-in',
  'GET /api/jobs/:id': 'signed-in',
  'POST /api/files': 'signed-in',
  'GET /api/files/:id': 'signed-in',

  'GET /api/departments': 'public',
  'GET /api/departments/:id': 'public',
  'POST /api/departments': administrator,
  'PUT /api/departments/:id': administrator,
  'GET /api/regions': 'public',
  'GET /api/regions/:id': 'public',
  'POST /api/regions': administrator,
  'PUT /api/regions/:id': administrator,
  'GET /api/regions/boundaries': 'public',
  'GET /api/parties/differences': administrator,

  'GET /api/organisations': [...readers, 'data-officer'],
  'GET /api/organisations/:id': 'public',
  'PUT /api/organisations/:id': organisers,
  'POST /api/organisations/:id/rename': organisers,
  'GET /api/organisations/:id/history': [...readers, 'data-officer'],
  'GET /api/organisations/duplicates': organisers,
  'GET /api/organisations/merges': organisers,
  'POST /api/organisations/merges': organisers,
  'POST /api/organisations/merges/:id/undo': organisers,

  'GET /api/registers': 'public',
  'GET /api/registers/:register': 'public',
  'GET /api/registers/:register/schema.json': 'public',
  'GET /api/registers/:register/entries': 'public',
  'GET /api/registers/:register/entries.csv': 'public',
  'GET /api/registers/:register/entries.xlsx': 'public',
  'GET /api/registers/:register/template.xlsx': 'public',
  'GET /api/registers/:register/lookup': 'public',
  'GET /api/registers/:register/entries/:no': 'public',
  'GET /api/registers/:register/entries/:no/history': 'public',
  'GET /api/registers/:register/entries/:no/diff': 'public',
  'GET /api/registers/:register/entries/:no/files/:file': 'public',
  'GET /api/registers/catalogue.jsonld': 'public',
  'POST /api/registers/:register/entries': 'signed-in',
  'PUT /api/registers/:register/entries/:no': 'signed-in',
  'POST /api/registers/:register/entries/:no/actions': 'signed-in',
  'GET /api/registers/:register/views': 'signed-in',
  'POST /api/registers/:register/views': 'signed-in',
  'DELETE /api/registers/:register/views/:id': 'signed-in',
  'GET /api/registers/mentions/:organisation': 'public',
  'GET /api/registers/dues': 'public',
  'GET /api/registers/:register/duplicates': 'signed-in',
  'GET /api/registers/:register/merges': 'signed-in',
  'POST /api/registers/:register/merges': 'signed-in',
  'POST /api/registers/merges/:id/undo': 'signed-in',
  'GET /api/registers/:register/figures': 'public',
  'GET /api/registers/:register/figures/:measure': 'public',
  'POST /api/registers/:register/imports': 'signed-in',
  'POST /api/registers/:register/bulk': 'signed-in',
  'GET /api/registers/:register/batches': 'signed-in',
  'GET /api/registers/batches/:id': 'signed-in',
  'GET /api/registers/batches/:id/rows': 'signed-in',
  'GET /api/registers/batches/:id/rejects.xlsx': 'signed-in',
  'POST /api/registers/batches/:id/apply': 'signed-in',
  'POST /api/registers/batches/:id/cancel': 'signed-in',

  'POST /api/patents/search': 'public',
  'GET /api/patents/parse': 'public',
  'GET /api/patents/export': 'public',
  'POST /api/patents/export': 'public',
  'GET /api/patents/numbers/:number': 'public',
  'POST /api/patents/numbers/file': 'public',
  'POST /api/patents/batch': 'public',
  'GET /api/patents/completeness': 'public',
  'GET /api/patents/:number/origin': 'public',
  'GET /api/patents/:number/similar': 'public',
  'POST /api/patents/similar': 'public',
  'GET /api/patents/classes': 'public',
  'GET /api/patents/classes/schemes': 'public',
  'GET /api/patents/classes/:scheme/:symbol': 'public',
  'POST /api/patents/classes/load': importers,
  'POST /api/patents/classes/suggest': 'public',
  'GET /api/patents/applicants': 'public',
  'GET /api/patents/applicants/:id': 'public',
  'GET /api/patents/applicants/proposals': curators,
  'POST /api/patents/applicants/:id/merge': curators,
  'POST /api/patents/applicants/links/:id/undo': curators,
  'POST /api/patents/applicants/links/:id/answer': curators,
  'POST /api/patents/applicants/rules': curators,
  'GET /api/patents/applicants/:id/portfolio': 'public',
  'GET /api/patents/:number/value': 'public',
  'POST /api/patents/:number/assessments': assessors,
  'POST /api/patents/:number/amounts': assessors,
  'POST /api/patents/amounts/:id/strike': assessors,
  'GET /api/patents/value/rule-sets': 'public',
  'POST /api/patents/value/rule-sets': assessors,
  'GET /api/patents/value/schemes': 'public',
  'POST /api/patents/value/schemes': assessors,
  'GET /api/patents/sources': importers,
  'POST /api/patents/sources': importers,
  'PUT /api/patents/sources/:key': importers,
  'POST /api/patents/imports/:id/withdraw': importers,
  'GET /api/patents/imports/:id/compare': importers,
  'GET /api/patents': 'public',
  'GET /api/patents/:number': 'public',
  'POST /api/patents/imports': importers,
  'POST /api/patents/imports/preview': importers,
  'GET /api/patents/imports': importers,
  'GET /api/patents/imports/:id': importers,
  'POST /api/patents/imports/:id/pause': importers,
  'POST /api/patents/imports/:id/resume': importers,
  'POST /api/patents/imports/:id/cancel': importers,
  'GET /api/patents/imports/:id/rejects': importers,
  'GET /api/patents/imports/:id/rejects.csv': importers,
  'GET /api/patents/imports/:id/rejects.xlsx': importers,
  'GET /api/patents/mappings': importers,
  'DELETE /api/patents/mappings/:id': importers,

  'GET /api/plan': 'public',
  'GET /api/plan/indicators': 'public',
  'GET /api/plan/indicators/:no': 'public',
  'GET /api/plan/indicators/:no/facts': 'public',
  'GET /api/plan/cockpit': 'public',
  'GET /api/plan/open-data/indicators.csv': 'public',
  'GET /api/plan/open-data/indicators.json': 'public',
  'GET /api/plan/open-data/catalogue.jsonld': 'public',
  'GET /api/plan/periods': 'public',
  'POST /api/plan/periods/:id/open': office,
  'POST /api/plan/periods/:id/close': office,
  'POST /api/plan/periods/:id/remind': office,
  'GET /api/plan/tasks': reporters,
  'GET /api/plan/forms/:no/:period/:scope': reporters,
  'PUT /api/plan/forms/:no/:period/:scope/draft': reporters,
  'POST /api/plan/forms/:no/:period/:scope/hand-over': reporters,
  'POST /api/plan/reports': reporters,
  'GET /api/plan/reports': readers,
  'GET /api/plan/reports/:id': readers,
  'POST /api/plan/reports/:id/accept': office,
  'POST /api/plan/reports/:id/return': office,
  'POST /api/plan/reports/:id/correct': office,
  'GET /api/plan/snapshots': 'public',
  'POST /api/plan/years/:year/freeze': office,
  'POST /api/plan/snapshots/:year/:edition/publish': office,
  'GET /api/plan/snapshots/:year/:edition': 'public',
  'GET /api/plan/snapshots/:year/:edition/bulletin.docx': 'public',
  'GET /api/plan/snapshots/:year/:edition/bulletin.xlsx': 'public',

  'GET /api/workbench/history': 'signed-in',
  'POST /api/workbench/history/:no/run': 'signed-in',
  'POST /api/workbench/history/combine': 'signed-in',
  'POST /api/workbench/history/delete': 'signed-in',
  'GET /api/workbench/queries': 'public',
  'GET /api/workbench/queries/:id': 'public',
  'POST /api/workbench/queries': 'signed-in',
  'PUT /api/workbench/queries/:id': 'signed-in',
  'DELETE /api/workbench/queries/:id': 'signed-in',
  'GET /api/workbench/objects': 'public',
  'GET /api/workbench/objects/:id': 'public',
  'POST /api/workbench/objects': 'signed-in',
  'PUT /api/workbench/objects/:id': 'signed-in',
  'PUT /api/workbench/objects/:id/shares': 'signed-in',
  'DELETE /api/workbench/objects/:id': 'signed-in',
  'POST /api/workbench/objects/:id/restore': 'signed-in',
  'GET /api/workbench/objects/:id/log': 'signed-in',
  'GET /api/workbench/collections/:id/items': 'public',
  'GET /api/workbench/collections/:id/items/:number': 'signed-in',
  'POST /api/workbench/collections/:id/items': 'signed-in',
  'POST /api/workbench/collections/:id/results': 'signed-in',
  'POST /api/workbench/collections/:id/remove': 'signed-in',
  'POST /api/workbench/collections/:id/transfer': 'signed-in',
  'PUT /api/workbench/collections/:id/items/:number/note': 'signed-in',
  'POST /api/workbench/collections/:id/review': 'signed-in',
  'GET /api/workbench/collections/:id/numbers.csv': 'public',
  'POST /api/workbench/marks': 'signed-in',
  'GET /api/workbench/tags': 'signed-in',
  'POST /api/workbench/tags': 'signed-in',
  'PUT /api/workbench/tags/:id': 'signed-in',
  'POST /api/workbench/tags/:id/merge': 'signed-in',
  'DELETE /api/workbench/tags/:id': 'signed-in',
  'POST /api/workbench/tags/:id/records': 'signed-in',
  'GET /api/workbench/tags/:id/records': 'signed-in',
  'GET /api/workbench/trees/:id': 'public',
  'GET /api/workbench/trees/:id/counts': 'public',
  'POST /api/workbench/trees/:id/nodes': 'signed-in',
  'PUT /api/workbench/nodes/:id': 'signed-in',
  'DELETE /api/workbench/nodes/:id': 'signed-in',
  'GET /api/workbench/nodes/:id/records': 'public',
  'POST /api/workbench/nodes/:id/decisions': 'signed-in',
  'GET /api/workbench/nodes/:id/checks': 'public',
  'POST /api/workbench/nodes/:id/samples': 'signed-in',
  'POST /api/workbench/nodes/:id/recall': 'signed-in',
  'GET /api/workbench/checks/:id': 'public',
  'POST /api/workbench/checks/:id/judgements': 'signed-in',
  'GET /api/workbench/watches': 'signed-in',
  'POST /api/workbench/watches': 'signed-in',
  'GET /api/workbench/watches/:id': 'signed-in',
  'PUT /api/workbench/watches/:id': 'signed-in',
  'DELETE /api/workbench/watches/:id': 'signed-in',
  'GET /api/workbench/watches/:id/runs': 'signed-in',
  'GET /api/workbench/runs/:id/alerts': 'signed-in',
  'POST /api/workbench/watches/:id/read': 'signed-in',
  'GET /api/workbench/feed': 'signed-in',
  'POST /api/workbench/feed': 'signed-in',
  'DELETE /api/workbench/feed': 'signed-in',
  'GET /api/workbench/feeds/:token/alerts.xml': 'public',
  'GET /api/workbench/collections/:id/rss.xml': 'public',
  'GET /api/workbench/queries/:id/rss.xml': 'public',

  'GET /api/webhooks': 'signed-in',
  'GET /api/webhooks/sources': 'signed-in',
  'POST /api/webhooks': 'signed-in',
  'PUT /api/webhooks/:id': 'signed-in',
  'POST /api/webhooks/:id/secret': 'signed-in',
  'POST /api/webhooks/:id/test': 'signed-in',
  'DELETE /api/webhooks/:id': 'signed-in',
  'GET /api/webhooks/:id/deliveries': 'signed-in',
  'POST /api/webhooks/deliveries/:id/repeat': 'signed-in',

  'POST /api/firms/applications': 'public',
  'GET /api/firms/applications/receipts/:receipt': 'public',
  'GET /api/firms/applications': granters,
  'GET /api/firms/applications/:id': granters,
  'POST /api/firms/applications/:id/grant': granters,
  'POST /api/firms/applications/:id/decline': granters,
  'GET /api/firms': granters,
  'GET /api/firms/:id': granters,
  'PUT /api/firms/:id': granters,
  'POST /api/firms/:id/state': granters,
  'POST /api/firms/:id/people/:account/password': granters,
  'GET /api/firms/:id/usage': granters,
  'GET /api/firms/:id/usage.csv': granters,
  'GET /api/firm': ofFirms,
  'POST /api/firm/people': firmManager,
  'POST /api/firm/people/:account/disable': firmManager,
  'POST /api/firm/people/:account/enable': firmManager,
  'POST /api/firm/people/:account/password': firmManager,
  'GET /api/firm/usage': firmManager,
  'GET /api/firm/usage.csv': firmManager,
};

let t: TestPlatform;

beforeAll(async () => {
  const loaded = await loadCityPack(rootPath('cities/nantong'));
  if (!loaded.ok) throw new Error('the pack of the first city is broken');
  t = await testPlatform({ modules, pack: loaded.pack, now: '2020-01-03T09:00:00+08:00' });
  await t.clean();
  await t.load();
});
afterAll(async () => {
  await t.clean();
  await t.close();
});

/** Roles of the kernel and of modules. */
const roles = [...baseRoles, ...modules.flatMap((module) => module.roles ?? [])];
const ROLES = roles.map((r) => r.id);
const VISITOR = 'visitor';

/** Something that could stand in each place of an address; a county officer asks for their own county. */
function address(path: string, role: string): string {
  const places: Record<string, string> = {
    kind: 'uscc',
    '*': '91350100M000100Y43',
    no: '31',
    period: '2019-Y',
    scope: role === 'county-officer' ? 'tongzhou' : 'city',
    year: '2019',
    edition: '1',
    number: 'CN106844774A',
    key: 'office',
    scheme: 'ipc',
    symbol: 'A01B',
    // Who may do what with one register is asked of that register: see its own tests.
    register: 'none',
    measure: 'none',
    token: 'a-feed-that-is-not-there',
    receipt: 'ABCD-EFGH-JKMN-PQRS',
    action: 'apply',
    item: 'disclosure',
    document: 'correction-notice',
    version: '0',
    code: 'ABCD-EFGH-JKMN-PQRS',
    account: 'nobody',
    file: '01900000-0000-7000-8000-000000000001',
    organisation: '01900000-0000-7000-8000-000000000001',
    id: path.includes('/periods/') ? '2019-Y' : '01900000-0000-7000-8000-000000000001',
  };
  return urlOf({ path: path.replace('*', ':rest') }, { params: { ...places, rest: places['*'] } });
}

async function ask(role: string, method: string, path: string): Promise<number> {
  const where = { organisation: 'ip-bureau', region: 'tongzhou' };
  const scope = roles.find((r) => r.id === role)?.scope;
  const limit = scope === 'organisation' || scope === 'region' ? { [scope]: where[scope] } : {};
  const headers = role === VISITOR ? browser : await t.as(role, limit);
  // Whoever has no account shows the code of a receipt: without one the answer is to sign in.
  const code = path.startsWith('/api/matters/:number') ? { 'x-matter-code': 'ABCD' } : {};
  const answer = await t.app.inject({
    method: method as 'GET',
    url: address(path, role),
    headers: { ...headers, ...code },
    ...(/POST|PUT|PATCH/.test(method) && { payload: {} }),
  });
  return answer.statusCode;
}

test('every endpoint is in the table, and the table names no other', () => {
  const there = t.routes.map((r) => `${r.endpoint.method} ${r.endpoint.path}`);
  expect(Object.keys(table).sort()).toEqual(there.sort());
});

test('the roles of the platform are those that are tried', () => {
  expect([...t.platform.policy.roles.keys()].sort()).toEqual([...ROLES].sort());
  const named = Object.values(table).flatMap((who) => (typeof who === 'string' ? [] : who));
  expect(ROLES).toEqual(expect.arrayContaining([...new Set(named)]));
});

describe.each(Object.entries(table))('%s', (key, who) => {
  const [method, path] = key.split(' ') as [string, string];

  test(`may be called by ${typeof who === 'string' ? who : who.join(', ')} and nobody else`, async () => {
    const got: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const role of [VISITOR, ...ROLES]) {
      const status = await ask(role, method, path);
      got[role] = status === 401 || status === 403 ? String(status) : status < 500 ? 'may' : String(status);
      const may = who === 'public' || (role !== VISITOR && (who === 'signed-in' || who.includes(role)));
      wanted[role] = may ? 'may' : role === VISITOR ? '401' : '403';
    }
    expect(got).toEqual(wanted);
  });
});

describe('within a permission, an officer reaches what belongs to them', () => {
  test('a report of a county is not for officers of departments or of other counties to read', async () => {
    const officeHeaders = await t.as('plan-office');
    const county = await t.as('county-officer', { region: 'tongzhou' });
    const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: object) =>
      t.app.inject({ method, url, headers, ...(payload && { payload }) });
    expect((await call('POST', '/api/plan/periods/2019-Y/open', officeHeaders, {})).statusCode).toBe(200);
    const sent = await call('POST', '/api/plan/reports', county, {
      ...{ no: 31, period: '2019-Y', scope: 'tongzhou', key: 'authorization-1' },
      body: { value: 30 },
    });
    expect(sent.statusCode).toBe(200);
    const url = `/api/plan/reports/${sent.json<{ id: string }>().id}`;
    const others = [
      await t.as('department-officer', { organisation: 'ip-bureau' }),
      await t.as('county-officer', { username: 'elsewhere', region: 'haimen' }),
    ];
    for (const headers of others) expect((await call('GET', url, headers)).statusCode).toBe(403);
    for (const headers of [county, officeHeaders, await t.as('leader')])
      expect((await call('GET', url, headers)).statusCode).toBe(200);
  });
});
