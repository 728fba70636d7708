import { beforeAll, describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { YUNZHOU } from '../testing/cities/broken.ts';
import { loadCityPack } from './load.ts';
import { type CityLookup, cityLookup } from './lookup.ts';
import { shiftDay } from './timeline.ts';

let city: CityLookup;
beforeAll(async () => {
  const result = await loadCityPack(YUNZHOU);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  city = cityLookup(result.pack);
});

/** A day between 2015 and 2035. */
const day = fc.integer({ min: 0, max: 20 * 365 }).map((days) => shiftDay('2015-01-01', days));

describe('departments', () => {
  it('are called as they were on the day', () => {
    expect(city.departmentName('gov-west', '2022-02-28')?.zh).toBe('西屏县人民政府');
    expect(city.departmentName('gov-west', '2022-03-01')?.zh).toBe('西屏市人民政府');
    expect(city.departmentName('patent-office', '2021-06-30')).toEqual({
      zh: '云洲市专利局',
      en: 'Yunzhou Patent Office',
      short: '专利局',
      verified: true,
    });
  });

  it('keep their last name after the end and take their first before the beginning', () => {
    expect(city.departmentName('patent-office', '2030-01-01')?.zh).toBe('云洲市专利局');
    expect(city.departmentName('market-office', '2000-01-01')?.zh).toBe('云洲市市场局');
    expect(city.departmentName('gov-east', '2022-01-01')?.short).toBeNull();
  });

  it('are answered for by their successor from the day it takes over', () => {
    expect(city.currentDepartments('patent-office', '2021-12-31')).toEqual(['patent-office']);
    expect(city.currentDepartments('patent-office', '2022-01-01')).toEqual(['market-office']);
    expect(city.currentDepartments('education', '2030-01-01')).toEqual(['education']);
  });

  it('of a group are named once each', () => {
    expect(city.expandDepartments(['education', 'counties', 'gov-west'])).toEqual([
      'education',
      'gov-east',
      'gov-west',
    ]);
  });

  it('always have somebody who answers and a name, on any day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...city.pack.departments.map((entry) => entry.id)), day, (id, asOf) => {
        const current = city.currentDepartments(id, asOf);
        expect(current.length).toBeGreaterThan(0);
        for (const successor of current) {
          expect(city.department(successor)).not.toBeNull();
          expect(city.currentDepartments(successor, asOf)).toEqual([successor]);
        }
        expect(city.departmentName(id, asOf)).not.toBeNull();
      }),
    );
  });
});

describe('regions', () => {
  it('have the name and code of the day and of now', () => {
    const region = city.regionAt('west', '2021-05-01');
    expect(region?.at).toMatchObject({
      id: 'west',
      code: '990121',
      codeSystem: 'gb2260',
      name: { zh: '西屏县' },
    });
    expect(region?.now).toMatchObject([{ id: 'west', code: '990181', name: { zh: '西屏市' } }]);
    expect(city.regionAt('harbour', '2021-05-01')?.at).toMatchObject({ code: null, codeSystem: null });
  });

  it('are found by a code of any time, with a word on whether it held', () => {
    expect(city.regionByCode('990121')).toEqual({ regionId: 'west', code: '990121', holds: true });
    expect(city.regionByCode('990121', '2022-02-28')?.holds).toBe(true);
    expect(city.regionByCode('990121', '2022-03-01')).toEqual({
      regionId: 'west',
      code: '990121',
      holds: false,
    });
    expect(city.regionByCode('990181', '2022-02-28')?.holds).toBe(false);
    expect(city.regionByCode('320602')).toBeNull();
  });

  it('of a day are the counties, in the order of the pack', () => {
    expect(city.countiesAt('2022-01-01').map((region) => region.id)).toEqual(['east', 'west']);
  });

  it('have boundaries and population', () => {
    expect(city.boundariesAt('1999-01-01')?.id).toBe('all-years');
    expect(city.population(2021, 'west')?.value).toBe(402_000);
    expect(city.population(2021, 'west', 'registered')).toBeNull();
    expect(city.population(2019, 'west')).toBeNull();
  });
});

describe('the plan', () => {
  it('gives indicators, projects, tasks and the rule of a light', () => {
    expect(city.indicator('G1')?.title).toBe('满意度');
    expect(city.project('services')?.nameInRoadmap).toBe('大服务工程');
    expect(city.task('schools')?.project.id).toBe('services');
    expect(city.lightRule(city.indicator('1')!)?.id).toBe('line');
    expect(city.lightRule({ kind: 'stock', light: 'own-year' })?.id).toBe('own-year');
    expect(city.lightRule(city.indicator('5')!)?.expectation).toBe('worst-part');
  });
});

describe('what does not exist', () => {
  it('is null or an empty list, never an error', () => {
    fc.assert(
      fc.property(fc.string(), day, (id, asOf) => {
        fc.pre(!/^(?:[1-5]|G1)$/.test(id));
        if (city.department(id) || city.region(id) || city.project(id) || city.task(id)) return;
        expect(city.departmentName(id, asOf)).toBeNull();
        expect(city.currentDepartments(id, asOf)).toEqual([]);
        expect(city.currentRegions(id, asOf)).toEqual([]);
        expect(city.regionAt(id, asOf)).toBeNull();
        expect(city.indicator(id)).toBeNull();
        expect(city.population(2021, id)).toBeNull();
      }),
    );
  });
});
