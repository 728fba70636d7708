import type { CityPack } from '#kernel/city/schema';
import type { Module } from '#kernel/module';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { batchParts } from '../server/batches/routes.ts';
import { registers } from '../server/index.ts';
import { transferRoutes } from '../server/transfer/routes.ts';
import { allTypes } from './fields-register.ts';

/** The module with its files and batches, whether or not it lists them itself. */
const whole: Module = {
  ...registers,
  setup: (platform) => {
    const own = registers.setup(platform);
    const batches = batchParts(platform);
    const routes = [...(own.routes ?? [])];
    for (const more of [...transferRoutes(platform), ...batches.routes])
      if (!routes.some((r) => r.endpoint === more.endpoint)) routes.push(more);
    const jobs = [...(own.jobs ?? [])];
    for (const more of batches.jobs) if (!jobs.some((j) => j.name === more.name)) jobs.push(more);
    return { ...own, routes, jobs };
  },
};

/** A platform over 云洲 with the register of all types in place of its own. */
export async function registerPlatform(
  now: string,
  change: (pack: CityPack) => CityPack = (p) => p,
): Promise<TestPlatform> {
  const pack = await yunzhou();
  const own = structuredClone(allTypes);
  own.keeper.department = 'patent-office';
  own.basis = own.basis.map((b) => ({ ...b, source: 'plan-2021' }));
  return testPlatform({
    modules: [parties, organisations, whole],
    pack: change({ ...pack, registers: [own] }),
    now,
  });
}
