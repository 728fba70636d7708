import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { readZip } from '#kernel/office/zip';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import {
  act,
  asked,
  fault,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  withCode,
} from './helpers.ts';

type Item = CityPack['items'][number];

/** Steps that have another name in the new version. */
const renamed: Record<string, string> = { 'ask-correction': '新补正', disclose: '新公开' };

/** Requests of September run under one version; from October on an answer is due in ten working days, and a step has another name. */
function withNewVersion(pack: CityPack): CityPack {
  const old = pack.items.find(({ id }) => id === 'disclosure')!;
  const next: Item = {
    ...old,
    from: '2026-10-01',
    clocks: old.clocks.map((clock) =>
      clock.id === 'answer' ? { ...clock, limit: 'licence-deliver' } : clock,
    ),
    actions: old.actions
      .filter(({ id }) => id !== 'ask-third')
      .map((action) =>
        renamed[action.id] ? { ...action, title: { zh: renamed[action.id]!, en: 'New' } } : action,
      ),
  };
  const odd: Item = {
    ...next,
    from: '2026-12-01',
    states: next.states.map((state) => (state.id === 'correcting' ? { ...state, id: 'mending' } : state)),
    form: {
      ...next.form,
      schema: {
        ...next.form.schema,
        properties: Object.fromEntries(
          Object.entries(next.form.schema.properties).filter(([key]) => key !== 'address'),
        ),
      },
    },
  };
  return {
    ...pack,
    items: pack.items.flatMap((item) =>
      item === old ? [{ ...old, to: '2026-09-30' }, { ...next, to: '2026-11-30' }, odd] : [item],
    ),
  };
}

let t: TestPlatform;
let officer: Headers;
let head: Headers;
beforeAll(async () => {
  t = await matterPlatform('2026-09-21T09:00:00+08:00', withNewVersion);
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
  head = await t.as('case-head', OFFICE);
});

const GROUND = { reason: '规定要求正在办理的改按新版本', basis: '示例办法第十条' };
const versions = (number: string, headers = head) =>
  t.call(contract.matterVersions, { params: { number } }, headers);
const move = (matter: Pick<Matter, 'number' | 'version'>, from = '2026-10-01', headers = head) =>
  t.call(
    contract.migrateMatter,
    { params: { number: matter.number }, body: { version: matter.version, from, ...GROUND } },
    headers,
  );
const logOf = async (number: string, code: string | null = null) =>
  ok(
    await t.call(contract.matterLog, { params: { number }, ...withCode(code) }, code === null ? officer : {}),
  );
const answerClock = ({ clocks }: Matter) => clocks.findLast(({ id }) => id === 'answer')!;

describe('a running matter and another version of its item', () => {
  test('shows what would change, and changes nothing before the head says so', async () => {
    const matter = await asked(t);
    expect((await versions(matter.number, officer)).status).toBe(403);
    const { versions: list } = ok(await versions(matter.number));
    expect(list.map(({ from, why }) => [from, why?.zh ?? null])).toEqual([
      ['2026-10-01', null],
      ['2026-12-01', '申请表中没有“联系地址”'],
    ]);
    expect(list[0]).toMatchObject({
      clocks: [
        { was: '2026-10-08', due: '2026-10-08' },
        { was: '2026-10-26', due: '2026-10-12' },
      ],
      adds: [{ zh: '新补正' }, { zh: '新公开' }],
    });
    expect(list[0]!.drops.map(({ zh }) => zh)).toHaveLength(4);
    const now = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
    expect([now.version, answerClock(now).due]).toEqual([1, '2026-10-26']);
  });

  test('goes on under it: earlier steps keep their names, running times count anew from their own first day', async () => {
    const opened = await asked(t);
    const asking = ok(await act(t, opened, 'ask-correction', officer));
    const again = ok(await act(t, asking, 'correct', {}, { code: opened.code! }));
    t.clock.set('2026-10-09T09:00:00+08:00');
    expect((await move(again, undefined, officer)).status).toBe(403);
    const moved = ok(await move(again));
    expect(moved.item.from).toBe('2026-10-01');
    expect(moved.clocks.map(({ id, due, ended }) => [id, due, ended?.how ?? null])).toEqual([
      ...again.clocks.slice(0, -1).map(({ id, due, ended }) => [id, due, ended?.how ?? null]),
      ['answer', '2026-10-12', null],
    ]);
    expect(moved.next.map(({ id }) => id)).not.toContain('ask-third');
    const { entries, intact } = await logOf(moved.number);
    expect(intact).toBe(true);
    expect(entries.map(({ kind, title }) => title?.zh ?? kind)).toEqual([
      '提交申请',
      expect.not.stringContaining('新'),
      expect.any(String),
      'migrated',
    ]);
    expect(entries.at(-1)).toMatchObject({
      ...{ on: '2026-10-09', note: GROUND.reason },
      version: { from: again.item.from, to: '2026-10-01', basis: GROUND.basis },
      dues: [{ was: '2026-10-26', due: '2026-10-12' }],
    });
    // Who applied reads that, and why.
    const told = await logOf(moved.number, opened.code);
    expect(told.entries.at(-1)).toMatchObject({ kind: 'migrated', note: GROUND.reason });
    // Pressed again after a lost answer it is so already; what was looked at before is no longer so.
    expect(ok(await move(again)).version).toBe(moved.version);
    expect(fault(await move(again, again.item.from)).code).toBe('matters_changed');
    // And back, as long as it fits, and forth again.
    const back = ok(await move(moved, again.item.from));
    expect([back.item.from, answerClock(back).due]).toEqual([again.item.from, '2026-10-26']);
    const ended = ok(await act(t, ok(await move(back)), 'disclose', officer));
    expect(ended.endedOn).toBe('2026-10-09');
    const whole = await logOf(moved.number);
    expect([whole.entries.at(-1)?.title?.zh, whole.intact]).toEqual(['新公开', true]);
  });

  test('is refused where its state or an answer has no place there, or where it has ended', async () => {
    const opened = await asked(t);
    expect(fault(await move(opened, '2026-12-01')).code).toBe('matters_version');
    expect(fault(await move(opened, '2020-01-01')).code).toBe('matters_version');
    const answer = (await versions(opened.number)).body.versions.map(({ from }) => from);
    expect(answer).toHaveLength(2);
    const ended = ok(await act(t, opened, 'disclose', officer));
    expect(ok(await versions(ended.number)).versions).toEqual([]);
    expect(fault(await move(ended)).code).toBe('matters_version');
    const entries = (await logOf(opened.number)).entries.map(({ kind }) => kind);
    expect(entries).toEqual(['step', 'step']);
  });

  test('its dossier holds both definitions and from which entry on each held', async () => {
    const moved = ok(await move(await asked(t)));
    const answer = await t.app.inject({
      url: `/api/matters/${encodeURIComponent(moved.number)}/dossier`,
      headers: officer,
    });
    const files = new Map(await readZip(answer.rawPayload));
    const manifest = JSON.parse(files.get('manifest.json')!.toString());
    expect(manifest.versions.map(({ since }: { since: number }) => since)).toEqual([1, 2]);
    expect(manifest.versions[1].definition).toBe(manifest.definition);
    expect(JSON.parse(files.get('definition.json')!.toString()).from).toBe('2026-10-01');
    expect(JSON.parse(files.get('definition-1.json')!.toString()).to).toBe('2026-09-30');
  });
});
