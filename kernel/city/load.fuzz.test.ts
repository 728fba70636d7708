import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { brokenPack, YUNZHOU } from '../testing/cities/broken.ts';
import { loadCityPack } from './load.ts';

const FILES = [
  'city.yaml',
  'plan.yaml',
  'indicators.yaml',
  'departments.yaml',
  'regions.yaml',
  'boundaries.yaml',
  'population.yaml',
  'lights.yaml',
  'calendar.yaml',
  'roles.yaml',
  'reporting.yaml',
  'limits.yaml',
  'portals.yaml',
  'rewards.yaml',
  'items/leads.yaml',
  'items/letters.yaml',
  'items/letters.2011.yaml',
  'shapes/all-years.geojson',
  'registers/alliances.yaml',
  'registers/certified-firms.yaml',
  'registers/economic-figures.yaml',
  'registers/strong-firms.yaml',
];

/** What a hand that slips may put into a file. */
const junk = fc.oneof(
  fc.constantFrom(
    '',
    ':',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a ',
    '!!map ',
    '<<: ',
    '\t',
    '\n',
    '---\n',
    '#',
    '__proto__: ',
    '~',
    '-1',
    '1e999',
    '.nan',
  ),
  fc.string({ maxLength: 6, unit: 'binary' }),
);

describe('a pack with any slip anywhere', () => {
  it('is answered with a pack or with faults that name a line, never with an exception', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat({ max: 12 }),
        junk,
        async (file, where, cut, put) => {
          const text = await readFile(path.join(YUNZHOU, file), 'utf8');
          const at = Math.floor(where * text.length);
          const pack = await brokenPack([{ file, write: text.slice(0, at) + put + text.slice(at + cut) }]);
          try {
            const result = await loadCityPack(pack.dir);
            const faults = result.ok ? result.warnings : result.faults;
            if (!result.ok) expect(faults.some((fault) => fault.severity === 'error')).toBe(true);
            for (const fault of faults) {
              expect(fault.line).toBeGreaterThanOrEqual(1);
              expect(fault.file === '' || [...FILES, 'shapes/LICENSE'].includes(fault.file)).toBe(true);
              expect(fault.message.zh.length * fault.remedy.zh.length).toBeGreaterThan(0);
            }
          } finally {
            await pack.remove();
          }
        },
      ),
      { numRuns: 120 },
    );
  }, 60_000);
});
