import { BpmnModdle } from 'bpmn-moddle';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import { rootPath } from '#kernel/paths';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import * as contract from '../contract.ts';
import { matters } from '../server/index.ts';

let city: TestPlatform;
beforeAll(async () => {
  const result = await loadCityPack(rootPath('cities', 'nantong'));
  if (!result.ok) throw new Error('the pack is broken');
  city = await testPlatform({
    modules: [matters, organisations, parties, registers, webhooks],
    pack: result.pack,
    now: '2026-11-30T09:00:00+08:00',
  });
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

const show = (id: string, query: { asOf?: string; lang?: 'zh' | 'en' } = {}) =>
  city.call(contract.catalogItem, { params: { id }, query });

describe('the catalogue', () => {
  test('lists what is in force on a day, with the office as it is called then', async () => {
    const { body } = await city.call(contract.catalogItems, { query: {} });
    expect(body.asOf).toBe('2026-11-30');
    const ruling = body.items.filter((item) => item.id === 'infringement');
    expect(ruling).toMatchObject([{ from: '2025-02-01', duration: { limit: { rule: '3M' } } }]);
    expect(ruling[0]!.keeper.name.zh).toBe('南通市市场监督管理局');
    const before = await city.call(contract.catalogItems, { query: { asOf: '2025-01-31' } });
    const then = before.body.items.map((item) => `${item.id} ${item.from}`);
    expect(then).toContain('infringement 2021-06-01');
    expect(then.join()).not.toMatch(/patent-mediation|2025/);
  });

  test('keeps an earlier version readable, and says what there is', async () => {
    const { body } = await show('infringement', { asOf: '2024-06-01' });
    expect([body.from, body.to, body.title.zh]).toEqual(['2021-06-01', '2025-01-31', '专利侵权纠纷行政处理']);
    expect(body.versions).toEqual([
      { from: '2021-06-01', to: '2025-01-31' },
      { from: '2025-02-01', to: null },
    ]);
    expect((await show('infringement', { asOf: '2001-01-01' })).body.from).toBe('2021-06-01');
  });

  test('shows every step with its limits and their law', async () => {
    const { body } = await show('infringement');
    const step = (id: string) => body.actions.find((action) => action.id === id)!;
    expect(step('file')).toMatchObject({
      by: { title: { zh: '承办人' }, side: 'office' },
      to: { zh: '已立案' },
      within: [{ rule: '5WD', basis: { article: '第二十条', verified: true } }],
    });
    expect(step('file').starts.map((limit) => limit.rule)).toEqual(['5WD', '3M']);
    expect(step('no-answer').after.map((limit) => limit.rule)).toEqual(['15D', '30D']);
    expect(step('suspend')).toMatchObject({ to: null, pauses: [{ rule: '3M' }] });
    expect(step('extend-close').extends[0]!.extensions.map(({ rule }) => rule)).toEqual(['1M', '2M']);
  });

  test.each(['nothing', '__proto__', 'infringement.2015'])('has no item %s', async (id) => {
    expect((await show(id)).status).toBe(404);
  });

  test('refuses a day that does not exist', async () => {
    expect((await show('infringement', { asOf: '2025-02-30' })).status).toBe(400);
  });
});

describe('the course of a matter', () => {
  const course = (id: string, steps: string, asOf?: string) =>
    city.call(contract.itemCourse, { params: { id }, query: { steps, ...(asOf && { asOf }) } });

  test('says where it stands, the last days, what is late, and what may come next', async () => {
    const { body } = await course(
      'disclosure',
      'apply@2026-10-12,ask-third@2026-10-20,third-answers@2026-10-28',
    );
    expect(body).toMatchObject({ state: { zh: '已收到，审查中' }, ended: false, today: '2026-11-30' });
    expect(body.steps.map(({ state }) => state.zh)).toEqual([
      '已收到，审查中',
      '征求第三方意见',
      '已收到，审查中',
    ]);
    expect(body.clocks).toMatchObject([
      { id: 'correct', ended: { on: '2026-10-20', how: 'stopped' }, late: false },
      {
        id: 'answer',
        due: '2026-11-17',
        excluded: '2026-10-21..2026-10-28 送达征求意见书',
        ended: null,
        late: true,
      },
      { id: 'third', ended: { on: '2026-10-28', how: 'met' }, late: false },
    ]);
    expect(body.next.map(({ id }) => id)).toEqual([
      'ask-correction',
      'ask-third',
      'extend',
      'disclose',
      'deny',
      'inform',
      'decline',
      'withdraw',
    ]);
  });

  test('calls nobody late for what need not be done, nor a party whose time is simply over', async () => {
    const plain = await course('disclosure', 'apply@2026-11-10');
    expect(plain.body.clocks).toMatchObject([
      { id: 'correct', over: true, late: false },
      { id: 'answer', over: false, late: false },
    ]);
    const served = await course('infringement', 'request@2025-03-03,file@2025-03-20,serve@2025-03-21');
    expect(served.body.clocks).toMatchObject([
      { id: 'file', ended: { how: 'met' }, late: true },
      { id: 'serve', late: false },
      { id: 'close', over: true, late: true },
      { id: 'answer', over: true, late: false },
    ]);
    const slow = await course('infringement', 'request@2025-03-03,ask-correction@2025-04-30');
    expect(slow.body.clocks).toMatchObject([{ id: 'file', ended: { how: 'stopped' }, late: true }]);
  });

  test('keeps the version under which the matter began', async () => {
    expect((await course('infringement', 'request@2025-01-31')).body.to).toBe('2025-01-31');
    expect((await course('infringement', 'request@2025-02-01')).body.to).toBeNull();
    expect((await course('infringement', '')).body).toMatchObject({
      from: '2025-02-01',
      steps: [],
      clocks: [],
    });
  });

  test.each([
    ['disclosure', 'apply@2026-10-12,disclose@2026-10-10', 400],
    ['disclosure', 'apply@someday', 400],
    ['nothing', '', 404],
  ])('refuses %s %s', async (id, steps, status) => {
    const answer = await course(id, steps);
    expect(answer.status).toBe(status);
  });
});

describe('the flow chart', () => {
  test('has every state and every step between states, none over another, arrows from box to box', async () => {
    for (const lang of ['zh', 'en'] as const)
      for (const { id, from } of city.platform.pack.items) {
        const item = city.platform.pack.items.find((one) => one.id === id && one.from === from)!;
        const { flow } = (await show(id, { asOf: from, lang })).body;
        const text = flow.nodes.map((node) => node.lines.join('').replaceAll(' ', ''));
        for (const { title } of item.states) expect(text).toContain(title[lang].replaceAll(' ', ''));
        for (const { title, to } of item.actions)
          if (to !== undefined) expect(text).toContain(title[lang].replaceAll(' ', ''));
        for (const [i, a] of flow.nodes.entries())
          for (const b of flow.nodes.slice(i + 1))
            expect(
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 ||
                Math.abs(a.y - b.y) >= (a.height + b.height) / 2,
              `${id}: ${a.id} and ${b.id}`,
            ).toBe(true);
        const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
        for (const { from: tail, to: head, points } of flow.edges)
          for (const [node, point] of [
            [nodes.get(tail)!, points[0]!],
            [nodes.get(head)!, points.at(-1)!],
          ] as const) {
            expect(Math.abs(point.x - node.x)).toBeLessThanOrEqual(node.width / 2 + 1);
            expect(Math.abs(point.y - node.y)).toBeLessThanOrEqual(node.height / 2 + 1);
          }
      }
  });

  test('says on the arrow within what time', async () => {
    const { flow } = (await show('disclosure')).body;
    const label = (to: string) => flow.edges.find((edge) => edge.to === `action-${to}`)?.label?.text;
    expect(label('disclose')).toBe('20 个工作日内');
    expect(label('third-silent')).toBe('满 15 个工作日');
    expect(label('withdraw')).toBeUndefined();
  });
});

describe('BPMN', () => {
  test.each(['zh', 'en'] as const)(
    'is read without a fault by the reader of other tools (%s)',
    async (lang) => {
      for (const item of city.platform.pack.items) {
        const answer = await city.app.inject({
          url: `/api/catalog/items/${item.id}/bpmn`,
          query: { asOf: item.from, lang },
        });
        expect(answer.headers['content-type']).toMatch(/^application\/xml/);
        expect(answer.headers['content-disposition']).toContain(
          encodeURIComponent('.bpmn').replaceAll('%2E', '.'),
        );
        const { rootElement, warnings } = await new BpmnModdle().fromXML(answer.body);
        expect(warnings).toEqual([]);
        const [process] = rootElement.rootElements as {
          flowElements: { $type: string; outgoing?: unknown[] }[];
        }[];
        const count = (type: string) =>
          process!.flowElements.filter((one) => one.$type === `bpmn:${type}`).length;
        expect(count('StartEvent')).toBe(1);
        const ends = item.states.flatMap((state) => (state.end ? state.id : []));
        const tasks = item.actions.map(({ to, from }) =>
          to === undefined ? from.filter((state) => !ends.includes(state)).length : 1,
        );
        expect(count('UserTask')).toBe(tasks.reduce((a, b) => a + b));
        for (const { $type, outgoing = [] } of process!.flowElements)
          if ($type !== 'bpmn:ExclusiveGateway' && $type !== 'bpmn:StartEvent')
            expect(outgoing.length, $type).toBe($type === 'bpmn:UserTask' ? 1 : 0);
        expect(count('EndEvent')).toBe(item.states.filter((state) => state.end).length);
        expect(count('ExclusiveGateway')).toBe(item.states.filter((state) => !state.end).length - 1);
      }
    },
  );
});
