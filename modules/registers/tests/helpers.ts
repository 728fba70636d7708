import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '../server/index.ts';

/** The moment at which every test begins. */
const NOW = '2022-06-30T09:00:00+08:00';

/**
 * Opens a city with registers for a test file, empty and at the same moment before each test; `take` is given the city and
 * the headers of its plan office.
 */
export function beforeEveryTest(
  take: (city: TestPlatform, office: Record<string, string>) => void,
  pack: () => Promise<CityPack> = yunzhou,
): void {
  let city: TestPlatform;
  beforeAll(async () => {
    city = await testPlatform({ modules: [parties, organisations, registers], pack: await pack(), now: NOW });
  });
  beforeEach(async () => {
    await city.clean();
    city.clock.set(NOW);
    await city.load();
    take(city, await city.as('plan-office'));
  });
  afterAll(() => city.close());
}

/** A valid made-up credit code for each number below a million. */
export function usccOf(n: number): string {
  const eight = `MA${String(n).padStart(6, '0')}`;
  const first = `91999999${eight}${orgCodeCheckCharacter(eight)}`;
  return first + usccCheckCharacter(first);
}
