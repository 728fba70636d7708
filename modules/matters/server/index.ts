import { AppError } from '#kernel/errors';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import type { Module, Platform } from '#kernel/module';
import { directory } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { bpmnOf } from './bpmn.ts';
import { Catalog } from './catalog.ts';
import { courseAnswer, readSteps } from './course-answer.ts';

/** The counter: which services there are, what each asks for, and how it goes. */
export const matters: Module = {
  name: 'matters',
  title: { zh: '办事服务', en: 'Services' },
  needs: ['parties'],
  setup: (platform) => ({ routes: routes(platform) }),
};

function routes(platform: Platform): Route[] {
  const { pack } = platform;
  const catalog = new Catalog(pack);
  const today = () => platform.clock.today();
  const itemOf = (id: string, asOf: string) => {
    const item = catalog.find(id, asOf);
    if (!item) throw new AppError('not_found', { what: `事项“${id}”`, what_en: `service item “${id}”` });
    return item;
  };
  return [
    route(contract.catalogItems, async ({ query }) => {
      const asOf = query.asOf ?? today();
      return { asOf, items: catalog.list(asOf, await directory(platform).lookup()) };
    }),
    route(contract.catalogItem, async ({ params, query }) => {
      const asOf = query.asOf ?? today();
      const item = itemOf(params.id, asOf);
      return catalog.show(item, asOf, await directory(platform).lookup(), query.lang);
    }),
    route(contract.itemCourse, async ({ params, query }) => {
      const steps = readSteps(query.steps);
      const item = itemOf(params.id, query.asOf ?? steps[0]?.on ?? today());
      return courseAnswer(pack, catalog, item, steps, today());
    }),
    route(contract.catalogBpmn, async ({ params, query, reply }) => {
      const item = itemOf(params.id, query.asOf ?? today());
      return reply
        .header('content-disposition', attachment(`${item.title[query.lang]} ${item.from}.bpmn`))
        .type('application/xml; charset=utf-8')
        .send(bpmnOf(item, pack.limits, query.lang));
    }),
  ];
}
