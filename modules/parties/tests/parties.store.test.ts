import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { CityPack, Department, Region } from '#kernel/city/schema';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { directory, parties } from '../server/index.ts';

let pack: CityPack;
let t: TestPlatform;
let admin: Record<string, string>;
beforeAll(async () => {
  pack = await yunzhou();
  t = await testPlatform({ modules: [parties], pack, now: '2023-05-04T10:00:00+08:00' });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  admin = await t.as('administrator');
});

/** A copy of a pack's entry that may be changed. */
const department = (id: string): Department =>
  structuredClone(pack.departments.find((d) => d.id === id)) as unknown as Department;
const region = (id: string): Region =>
  structuredClone(pack.regions.find((r) => r.id === id)) as unknown as Region;

const own = { source: 'administrator', verified: false };
const newOffice = (): Department => ({
  id: 'data-office',
  kind: 'department',
  names: [{ zh: '云洲市数据局', en: 'Yunzhou Data Office', from: '2023-06-01', to: null, ...own }],
  successors: [],
});

describe('what everybody reads', () => {
  it('names departments as they were called and tells who stands for them', async () => {
    const on = async (asOf: string) => {
      const { body, status } = await t.call(contract.listDepartments, { query: { asOf } });
      expect(status).toBe(200);
      return new Map(body.departments.map((d) => [d.id, d]));
    };
    const before = await on('2021-12-31');
    expect(before.get('patent-office')).toMatchObject({
      name: '云洲市专利局',
      exists: true,
      to: '2021-12-31',
      now: [{ id: 'patent-office', name: '云洲市专利局' }],
      successors: [{ id: 'market-office', name: '云洲市市场局', from: '2022-01-01', kind: 'merged' }],
      origin: 'pack',
      version: 1,
    });
    expect(before.get('market-office')?.exists).toBe(false);
    const after = await on('2022-01-01');
    expect(after.get('patent-office')).toMatchObject({
      exists: false,
      now: [{ id: 'market-office', name: '云洲市市场局' }],
    });
    expect(after.get('gov-west')?.name).toBe('西屏县人民政府');
    expect((await on('2022-03-01')).get('gov-west')?.name).toBe('西屏市人民政府');
    expect([...after.keys()]).toEqual(pack.departments.map((d) => d.id));
  });

  it('takes today for the day, and refuses what is no day', async () => {
    const { body } = await t.call(contract.listRegions, {});
    expect(body).toMatchObject({ asOf: '2023-05-04', abilities: { edit: false } });
    expect((await t.call(contract.listRegions, { query: { asOf: '2023-02-30' } })).status).toBe(400);
    expect((await t.call(contract.listDepartments, {}, admin)).body.abilities).toEqual({ edit: true });
  });

  it('finds a region by its id and by any code it ever had', async () => {
    const by = async (id: string, asOf: string) =>
      (await t.call(contract.getRegion, { params: { id }, query: { asOf } })).body.view;
    expect(await by('west', '2022-02-28')).toMatchObject({ name: '西屏县', code: '990121' });
    expect(await by('990121', '2022-03-01')).toMatchObject({ id: 'west', name: '西屏市', code: '990181' });
    expect((await by('west', '2022-03-01')).codes).toEqual([
      { code: '990121', system: 'gb2260', from: null, to: '2022-02-28' },
      { code: '990181', system: 'gb2260', from: '2022-03-01', to: null },
    ]);
    expect(await by('harbour', '2022-03-01')).toMatchObject({ kind: 'park', code: null, codes: [] });
    const none = await t.call(contract.getRegion, { params: { id: '110101' } });
    expect(none.status).toBe(404);
    expect((await t.call(contract.getDepartment, { params: { id: 'nobody' } })).status).toBe(404);
  });

  it('draws the boundaries of the day with the coordinate system named', async () => {
    const { body, status } = await t.call(contract.getBoundaries, { query: { asOf: '2022-02-28' } });
    expect(status).toBe(200);
    expect(body.layer).toMatchObject({
      id: 'all-years',
      crs: { name: 'WGS-84', verified: true },
      licence: 'CC0-1.0',
    });
    const west = body.features.find((f) => f.properties.region === 'west');
    expect(west?.properties).toEqual({ region: 'west', name: '西屏县', code: '990121' });
    expect(west?.geometry.coordinates.length).toBeGreaterThan(0);
  });
});

describe('changing', () => {
  const put = (doc: Department, version: number, headers = admin) =>
    t.call(contract.updateDepartment, { params: { id: doc.id }, body: { version, doc } }, headers);

  it('needs the permission', async () => {
    const body = { version: 1, doc: department('education') };
    const call = (headers?: Record<string, string>) =>
      t.call(contract.updateDepartment, { params: { id: 'education' }, body }, headers);
    expect((await call()).status).toBe(401);
    expect((await call(await t.as('plan-office'))).status).toBe(403);
    expect((await t.call(contract.listDifferences, {}, await t.as('leader'))).status).toBe(403);
  });

  it('renames a department from a day on, for every module at once, with history and trace', async () => {
    const doc = department('education');
    doc.names[0]!.to = '2023-05-31';
    doc.names.push({ zh: '云洲市教体局', en: 'Education and Sports', from: '2023-06-01', to: null, ...own });
    const answer = await put(doc, 1);
    expect(answer.status).toBe(200);
    expect(answer.body.view).toMatchObject({ origin: 'edited', version: 2, name: '云洲市教育局' });
    expect(answer.body.history).toMatchObject([
      { version: 2, by: 'administrator', origin: 'edited' },
      { version: 1, by: '城市数据包', origin: 'pack' },
    ]);
    expect(await directory(t.platform).departmentName('education', '2023-06-01')).toBe('云洲市教体局');
    expect(await directory(t.platform).departmentName('education', '2023-05-31')).toBe('云洲市教育局');
    const trail = await t.platform.records
      .selectFrom('auditLog')
      .selectAll()
      .orderBy('seq', 'desc')
      .execute();
    expect(trail[0]).toMatchObject({ action: 'department.update', objectId: 'education' });
    expect(Object.keys(trail[0]?.detail.after as object)).toEqual(['names']);
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });

    const same = await put(doc, 2);
    expect([same.status, same.body.view.version]).toEqual([200, 2]);
    const late = await put(department('education'), 1);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'party_changed', params: { version: 2, current: doc } });
  });

  it('adds a department, and merges another into it', async () => {
    const added = await t.call(contract.addDepartment, { body: { doc: newOffice() } }, admin);
    expect(added.status).toBe(200);
    expect(added.body.view).toMatchObject({ origin: 'added', version: 1, exists: false });
    const again = await t.call(contract.addDepartment, { body: { doc: newOffice() } }, admin);
    expect([again.status, (again.body as unknown as { code: string }).code]).toEqual([409, 'party_exists']);

    const doc = department('education');
    doc.names[0]!.to = '2023-05-31';
    doc.successors = [{ to: 'data-office', from: '2023-06-01', kind: 'merged', ...own }];
    expect((await put(doc, 1)).status).toBe(200);
    const places = directory(t.platform);
    expect(await places.successorsAt('education', '2023-05-31')).toEqual(['education']);
    expect(await places.successorsAt('education', '2023-06-01')).toEqual(['data-office']);
    expect((await places.departments()).map((d) => d.id)).toEqual([
      ...pack.departments.map((d) => d.id),
      'data-office',
    ]);
  });

  const broken: [string, string, string, (d: Department) => void][] = [
    [
      'an unknown successor',
      'unknown-department',
      '/body/doc/successors/0/to',
      (d) => {
        d.names[0]!.to = '2023-05-31';
        d.successors = [{ to: 'nobody', from: '2023-06-01', kind: 'renamed', ...own }];
      },
    ],
    [
      'overlapping names',
      'validity-overlaps',
      '/body/doc/names/1',
      (d) => {
        d.names.push({ ...d.names[0]!, from: '2023-01-01' });
      },
    ],
    [
      'a successor that did not exist yet',
      'successor-too-early',
      '/body/doc/successors/0',
      (d) => {
        d.names[0]!.to = '2021-05-31';
        d.successors = [{ to: 'market-office', from: '2021-06-01', kind: 'merged', ...own }];
      },
    ],
    [
      'itself as successor',
      'successor-itself',
      '/body/doc/successors/0/to',
      (d) => {
        d.names[0]!.to = '2023-05-31';
        d.successors = [{ to: 'education', from: '2023-06-01', kind: 'renamed', ...own }];
      },
    ],
    [
      'an unknown source',
      'unknown-source',
      '/body/doc/names/0/source',
      (d) => {
        d.names[0]!.source = 'hearsay';
      },
    ],
    [
      'an unknown region',
      'unknown-region',
      '/body/doc/region',
      (d) => {
        d.region = 'atlantis';
      },
    ],
  ];
  it.each(broken)('refuses %s, saying where', async (_, code, path, spoil) => {
    const doc = department('education');
    spoil(doc);
    const answer = await put(doc, 1);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'party_invalid' });
    const { issues } = answer.body as unknown as {
      issues: { code: string; path: string; message: string }[];
    };
    expect(issues.map((i) => [i.code, i.path])).toContainEqual([code, path]);
    expect(issues.every((i) => /[\u4e00-\u9fff]/.test(i.message))).toBe(true);
    expect((await t.call(contract.getDepartment, { params: { id: 'education' } })).body.view.version).toBe(1);
  });

  it('refuses a circle of successors that the change closes elsewhere', async () => {
    const market = department('market-office');
    market.names[0]!.to = '2023-05-31';
    market.successors = [{ to: 'patent-office', from: '2023-06-01', kind: 'renamed', ...own }];
    const answer = await put(market, 1);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('successor-cycle');
  });

  it('refuses another id, an unknown id, and a wrong shape', async () => {
    const doc = { ...department('education'), id: 'other' };
    const call = (id: string, d: Department) =>
      t.call(contract.updateDepartment, { params: { id }, body: { version: 1, doc: d } }, admin);
    expect((await call('education', doc)).body).toMatchObject({ code: 'party_id' });
    expect((await call('other', doc)).status).toBe(404);
    const shape = await call('education', { ...department('education'), names: [] });
    expect(shape.body).toMatchObject({ code: 'validation', issues: [{ path: '/body/doc/names' }] });
  });

  it('gives one code to one region at a time', async () => {
    const doc = region('harbour');
    doc.codes = [{ code: '990102', system: 'gb2260', from: null, to: null, ...own }];
    const call = (d: Region) =>
      t.call(contract.updateRegion, { params: { id: d.id }, body: { version: 1, doc: d } }, admin);
    expect(JSON.stringify((await call(doc)).body)).toContain('code-shared');
    doc.codes = [{ code: '990171', system: 'statistical', from: '2020-01-01', to: null, ...own }];
    expect((await call(doc)).status).toBe(200);
    expect(await directory(t.platform).regionByCode('990171')).toBe('harbour');
  });

  it('lets one of two people through who save at the same time', async () => {
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((note) => put({ ...department('education'), note }, 1)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    const { rows } = await t.platform.stores.pool.query(
      "select version from party_history where id = 'education' order by version",
    );
    expect(rows.map((r) => r.version)).toEqual([1, 2]);
  });
});

describe('a new version of the pack', () => {
  /** The same platform after its pack was replaced. */
  async function restarted(change: (p: { departments: Department[] }) => void): Promise<TestPlatform> {
    const next = structuredClone(pack) as unknown as { departments: Department[] };
    change(next);
    const other = await testPlatform({ modules: [parties], pack: next as unknown as CityPack });
    await other.load();
    return other;
  }

  it('changes nothing when nothing changed', async () => {
    await t.load();
    const { rows } = await t.platform.stores.pool.query('select max(version) as v, count(*) as n from party');
    expect(rows[0]).toEqual({ v: 1, n: pack.departments.length + pack.regions.length });
  });

  it('moves untouched rows along, keeps edited and removed ones, and tells the difference', async () => {
    await t.call(
      contract.updateDepartment,
      {
        params: { id: 'education' },
        body: { version: 1, doc: { ...department('education'), note: '改过' } },
      },
      admin,
    );
    await t.call(contract.addDepartment, { body: { doc: newOffice() } }, admin);
    const other = await restarted((next) => {
      next.departments = next.departments.filter((d) => d.id !== 'counties');
      for (const d of next.departments)
        if (d.id === 'education' || d.id === 'gov-east') d.names[0]!.en = `${d.names[0]!.en} (new)`;
    });
    try {
      const listed = (await other.call(contract.listDepartments, {})).body.departments;
      const of = (id: string) => listed.find((d) => d.id === id);
      expect(of('gov-east')).toMatchObject({
        nameEn: 'Dongdu District Government (new)',
        version: 2,
        origin: 'pack',
      });
      expect(of('education')).toMatchObject({ note: '改过', version: 2, origin: 'edited' });
      expect(of('counties')).toMatchObject({ name: '各县区' });
      const differences = async () =>
        (await other.call(contract.listDifferences, {}, admin)).body.differences;
      expect(await differences()).toMatchObject([
        { id: 'counties', state: 'removed', packChanged: false },
        { id: 'data-office', state: 'added' },
        {
          id: 'education',
          state: 'edited',
          packChanged: true,
          fields: ['names', 'note'],
          updatedBy: 'administrator',
        },
      ]);
      // Storing it again says "looked at, stays"; storing the pack's entry follows the pack again.
      const save = (doc: Department, version: number) =>
        other.call(contract.updateDepartment, { params: { id: 'education' }, body: { version, doc } }, admin);
      const { doc } = (await other.call(contract.getDepartment, { params: { id: 'education' } })).body;
      expect((await save(doc, 2)).body.view.version).toBe(3);
      expect((await differences())[2]).toMatchObject({ id: 'education', packChanged: false });
      const theirs = (await differences())[2]?.pack as Department;
      expect((await save(theirs, 3)).body.view).toMatchObject({ origin: 'pack', version: 4 });
      expect((await differences()).map((d) => d.id)).toEqual(['counties', 'data-office']);
    } finally {
      await other.close();
    }
  });

  it('is noticed by another process after five seconds at the latest', async () => {
    const other = await testPlatform({ modules: [parties], pack });
    try {
      const name = () => directory(other.platform).departmentName('data-office', '2023-06-01');
      expect(await name()).toBe('data-office');
      await t.call(contract.addDepartment, { body: { doc: newOffice() } }, admin);
      const { now } = performance;
      performance.now = () => now.call(performance) + 5001;
      try {
        expect(await name()).toBe('云洲市数据局');
      } finally {
        performance.now = now;
      }
    } finally {
      await other.close();
    }
  });
});
