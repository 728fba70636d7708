import type { CityPack } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import type { legalLimits } from '../contract.ts';

/** The pack's legal limits as they are handed out, each with its law; procedures and limits in the order of the pack. */
export function limitsByProcedure({ limits }: CityPack): EndpointResponse<typeof legalLimits> {
  const laws = new Map(limits.laws.map((law) => [law.id, law]));
  return {
    procedures: limits.procedures.map(({ id, title }) => ({
      id,
      title,
      limits: limits.limits
        .filter((limit) => limit.procedure === id)
        .map((limit) => {
          const law = laws.get(limit.law)!;
          return {
            id: limit.id,
            step: limit.step,
            start: limit.start,
            whose: limit.whose,
            rule: limit.rule,
            roll: limit.roll,
            extensions: [...limit.extensions],
            excludes: [...limit.excludes],
            consequence: limit.consequence ?? null,
            note: limit.note ?? null,
            verified: limit.verified,
            article: limit.article,
            law: {
              title: law.title,
              number: law.number,
              from: law.from,
              to: law.to,
              note: law.note ?? null,
            },
          };
        }),
    })),
  };
}
