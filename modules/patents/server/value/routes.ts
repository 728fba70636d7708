import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { PATENTS_VALUE } from '../../contract/permissions.ts';
import { getPortfolio } from '../../contract/portfolio.ts';
import * as contract from '../../contract/value.ts';
import type { Schemes } from '../classes/schemes.ts';
import { readPortfolio } from './portfolio.ts';
import { addRules, listRules } from './rules-store.ts';
import { addAmount, assess, readValue, strikeAmount } from './value.ts';

/** Endpoints of value and portfolios. */
export function valueRoutes(platform: Platform, schemes: Schemes): Route[] {
  const listedOn = (actor: Actor) => ({
    today: platform.clock.today(),
    abilities: { add: platform.policy.can(actor, PATENTS_VALUE) },
  });
  return [
    route(contract.getPatentValue, ({ params, query, ...by }) =>
      readValue(platform, schemes, by, params.number, query.asOf),
    ),
    route(contract.assessPatent, async ({ params, body, ...by }) => {
      await assess(platform, by, params.number, body);
      return readValue(platform, schemes, by, params.number);
    }),
    route(contract.addAmount, async ({ params, body, ...by }) => {
      await addAmount(platform, by, params.number, body);
      return readValue(platform, schemes, by, params.number);
    }),
    route(contract.strikeAmount, async ({ params, body, ...by }) => {
      await strikeAmount(platform, by, params.id, body.reason);
      return { ok: true as const };
    }),
    route(contract.listRuleSets, async ({ actor }) => ({
      ...listedOn(actor),
      ruleSets: await listRules(platform, 'rule-set'),
    })),
    route(contract.addRuleSet, ({ body, ...by }) => addRules(platform, by, 'rule-set', body)),
    route(contract.listSchemes, async ({ actor }) => ({
      ...listedOn(actor),
      schemes: await listRules(platform, 'scheme'),
    })),
    route(contract.addScheme, ({ body, ...by }) => addRules(platform, by, 'scheme', body)),
    route(getPortfolio, ({ params, query, lang }) => readPortfolio(platform, lang, params.id, query)),
  ];
}
