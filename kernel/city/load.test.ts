import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { brokenPack, type Edit, YUNZHOU } from '../testing/cities/broken.ts';
import {
  type FaultCase,
  FILE_CASES,
  LIMIT_CASES,
  PLACE_CASES,
  PLAN_CASES,
} from '../testing/cities/fault-cases.ts';
import { FEED_CASES } from '../testing/cities/fault-cases-feeds.ts';
import { GUIDE_CASES } from '../testing/cities/fault-cases-guide.ts';
import { ITEM_CASES } from '../testing/cities/fault-cases-items.ts';
import { PORTAL_CASES } from '../testing/cities/fault-cases-portals.ts';
import { REGISTER_CASES } from '../testing/cities/fault-cases-registers.ts';
import { REWARD_CASES } from '../testing/cities/fault-cases-rewards.ts';
import { FAULT_TEXTS, type FaultCode, WARNINGS } from './fault-texts.ts';
import type { Fault } from './faults.ts';
import { loadCityPack } from './load.ts';

const made: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((pack) => pack.remove()));
});

async function broken(...edits: Edit[]): Promise<string> {
  const pack = await brokenPack(edits);
  made.push(pack);
  return pack.dir;
}

async function faultsOf(dir: string): Promise<Fault[]> {
  const result = await loadCityPack(dir);
  return result.ok ? result.warnings : result.faults;
}

/** Cases of one kind of fault; the two that need more than an edit are below. */
const CASES: Record<
  Exclude<FaultCode, 'folder-missing' | 'file-too-large' | 'file-unreadable'>,
  FaultCase
> = {
  ...FILE_CASES,
  ...PLAN_CASES,
  ...PLACE_CASES,
  ...LIMIT_CASES,
  ...ITEM_CASES,
  ...PORTAL_CASES,
  ...REWARD_CASES,
  ...FEED_CASES,
  ...GUIDE_CASES,
  ...REGISTER_CASES,
};

describe('the fictitious pack', () => {
  it('loads without a fault', async () => {
    const result = await loadCityPack(YUNZHOU);
    if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
    expect(result.warnings).toEqual([]);
    expect(result.pack.indicators.map((indicator) => indicator.no)).toEqual(['1', '2', '3', '4', '5', 'G1']);
    const kinds = result.pack.indicators.flatMap((entry) => [
      entry.kind,
      ...(entry.parts ?? []).map((part) => part.kind),
    ]);
    expect(new Set(kinds)).toEqual(
      new Set(['cumulative', 'stock', 'range', 'milestone', 'composite', 'share', 'rate', 'floor']),
    );
    expect(result.pack.boundaries[0]!.features.features).toHaveLength(2);
  });

  it('is frozen all the way down', async () => {
    const result = await loadCityPack(YUNZHOU);
    if (!result.ok) throw new Error('not loaded');
    const walk = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(walk);
    };
    walk(result.pack);
  });

  it('has a hash that follows every file it is made of and nothing else', async () => {
    const hash = async (dir: string) => {
      const result = await loadCityPack(dir);
      return result.ok ? result.pack.hash : null;
    };
    const original = await hash(YUNZHOU);
    expect(original).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash(await broken())).toBe(original);
    const dir = await broken();
    await writeFile(path.join(dir, 'README.md'), 'not part of the pack');
    expect(await hash(dir)).toBe(original);
    for (const file of ['plan.yaml', 'shapes/LICENSE', 'shapes/all-years.geojson']) {
      const changed = await broken();
      await writeFile(path.join(changed, file), `${await readFile(path.join(changed, file), 'utf8')}\n`);
      expect(await hash(changed), file).not.toBe(original);
    }
  });
});

describe('each fault', () => {
  it.each(Object.entries(CASES))('%s', async (code, { edits, file, at, also }) => {
    const dir = await broken(...edits);
    const result = await loadCityPack(dir);
    const faults = result.ok ? result.warnings : result.faults;
    const found = faults.filter((fault) => fault.code === code);
    expect(new Set(faults.map((fault) => fault.code))).toEqual(new Set([code, ...(also ?? [])]));
    const lines = typeof at === 'number' ? [at] : linesOf(await readFile(path.join(dir, file), 'utf8'), at);
    expect(found.map((fault) => fault.file)).toContain(file);
    const line = found.find((fault) => fault.file === file)!.line;
    expect(lines, `${JSON.stringify(found)}`).toContain(line);
    const onlyWarnings = faults.every((fault) => WARNINGS.has(fault.code));
    expect(result.ok).toBe(onlyWarnings);
    for (const fault of faults) {
      const texts = [fault.message.zh, fault.message.en, fault.remedy.zh, fault.remedy.en];
      for (const text of texts) expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
      expect(fault.severity).toBe(WARNINGS.has(fault.code) ? 'warning' : 'error');
    }
  });

  it('has texts in both languages and a case that raises it', () => {
    const elsewhere = ['folder-missing', 'file-too-large', 'file-unreadable'];
    expect(new Set([...Object.keys(CASES), ...elsewhere])).toEqual(new Set(Object.keys(FAULT_TEXTS)));
    for (const [code, texts] of Object.entries(FAULT_TEXTS)) {
      expect(texts.zh, code).toMatch(/\p{Script=Han}/u);
      expect(texts.fixZh, code).toMatch(/\p{Script=Han}/u);
      expect(texts.en, code).not.toMatch(/\p{Script=Han}/u);
      expect(texts.fixEn, code).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

function linesOf(text: string, part: string): number[] {
  const lines: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const skip = part.length - part.trimStart().length;
    lines.push(text.slice(0, at + skip).split('\n').length);
  }
  return lines;
}

describe('bad folders and files', () => {
  it('names a folder that is not there', async () => {
    const faults = await faultsOf(path.join(YUNZHOU, 'nowhere'));
    expect(faults.map((fault) => fault.code)).toEqual(['folder-missing']);
    expect((await faultsOf(path.join(YUNZHOU, 'city.yaml'))).map((fault) => fault.code)).toEqual([
      'folder-missing',
    ]);
  });

  it('names a folder without city.yaml', async () => {
    const [fault, ...others] = await faultsOf(path.join(YUNZHOU, 'shapes'));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code: 'file-missing', file: 'city.yaml' });
  });

  it('refuses a file that is too large', async () => {
    const dir = await broken({
      file: 'roles.yaml',
      write: `# ${'x'.repeat(4 * 1024 * 1024)}\naccounts: []\n`,
    });
    expect((await faultsOf(dir)).map((fault) => fault.code)).toEqual(['file-too-large']);
  });

  it.each([
    '/etc/passwd',
    '../../etc/passwd',
    'shapes/../../x.yaml',
    'C:\\x.yaml',
    'shapes\\x.yaml',
    '.',
    '',
  ])('refuses the path %j', async (file) => {
    const dir = await broken({ file: 'city.yaml', find: 'roles.yaml', put: JSON.stringify(file) });
    const faults = await faultsOf(dir);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(['path-escapes', 'bad-format', 'not-a-file']).toContain(fault.code);
  });

  it('refuses a link that leads outside, for YAML, shapes and licences alike', async () => {
    const outside = await broken();
    await mkdir(path.join(outside, 'deep'));
    for (const file of ['roles.yaml', 'shapes/LICENSE', 'shapes/all-years.geojson']) {
      const dir = await broken({ file, link: path.join(outside, file) });
      expect((await faultsOf(dir)).map((fault) => fault.code)).toEqual(['path-escapes']);
    }
  });

  it('follows a link that stays inside', async () => {
    const dir = await broken({ file: 'shapes/LICENSE', link: '../plan.yaml' });
    expect(await faultsOf(dir)).toEqual([]);
  });

  it('reads files with a byte-order mark and Windows line ends', async () => {
    const text = await readFile(path.join(YUNZHOU, 'plan.yaml'), 'utf8');
    const dir = await broken({ file: 'plan.yaml', write: `\ufeff${text.replaceAll('\n', '\r\n')}` });
    expect(await faultsOf(dir)).toEqual([]);
  });

  it('survives deep nesting, empty files, several documents and files of another kind', async () => {
    const texts = [
      '['.repeat(50_000),
      '',
      '---\na: 1\n---\nb: 2\n',
      'just text',
      '- 1\n- 2\n',
      '*nothing',
      'null',
      '!!binary aGk=',
    ];
    for (const write of texts) {
      const dir = await broken({ file: 'roles.yaml', write });
      const faults = await faultsOf(dir);
      expect(faults.length, write.slice(0, 20)).toBeGreaterThan(0);
      for (const fault of faults) expect(fault.file, write.slice(0, 20)).toBe('roles.yaml');
    }
  });

  it('survives each of its files being cut off anywhere', async () => {
    for (const file of ['city.yaml', 'indicators.yaml', 'regions.yaml', 'shapes/all-years.geojson']) {
      const bytes = await readFile(path.join(YUNZHOU, file));
      for (const part of [0.1, 0.35, 0.6, 0.85]) {
        const dir = await broken({ file, write: bytes.subarray(0, Math.floor(bytes.length * part)) });
        const result = await loadCityPack(dir);
        // A list may happen to be cut between two entries: then what is left is whole.
        if (file.startsWith('indicators'))
          expect(result.ok ? result.pack.indicators.length : 0).toBeLessThan(6);
        else expect(result.ok, `${file} ${part}`).toBe(false);
      }
    }
  });
});

describe('many faults', () => {
  it('lists all of them at once, in order of file and line, and loads nothing', async () => {
    const dir = await broken(
      { file: 'indicators.yaml', find: 'lead: [education]', put: 'lead: [educaton]' },
      { file: 'indicators.yaml', find: 'kind: stock', put: 'kind: stok' },
      { file: 'regions.yaml', find: 'code: "990181"', put: 'code: 990181' },
      { file: 'population.yaml', set: ['rows', 4, 'region'], to: 'aest' },
      { file: 'calendar.yaml', find: '2021-07-10', put: '2021-07-09' },
    );
    const result = await loadCityPack(dir);
    expect(result).not.toHaveProperty('pack');
    const faults = result.ok ? [] : result.faults;
    expect(
      faults.filter((fault) => fault.severity === 'error').map((fault) => `${fault.file} ${fault.code}`),
    ).toEqual([
      'calendar.yaml workday-not-weekend',
      'indicators.yaml not-one-of',
      'indicators.yaml unknown-department',
      'population.yaml unknown-region',
      'regions.yaml wrong-type',
    ]);
  });

  it('asks for inhabitants where a part alone is divided by them', async () => {
    const measure = { id: 'patents.inventions-in-force', per: 'population', scale: 10_000, note: '计算' };
    const dir = await broken(
      { file: 'indicators.yaml', set: ['indicators', 1, 'measure'] },
      { file: 'indicators.yaml', set: ['indicators', 4, 'parts', 0, 'measure'], to: measure },
      { file: 'population.yaml', set: ['rows', 3, 'region'], to: 'harbour' },
    );
    const faults = (await faultsOf(dir)).map((fault) => `${fault.code} ${fault.message.en}`);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^population-missing .*5/);
  });

  it('suggests what was meant', async () => {
    const dir = await broken({
      file: 'indicators.yaml',
      find: 'lead: [education]',
      put: 'lead: [educaton]',
    });
    const [fault] = await faultsOf(dir);
    expect(fault!.message.zh).toContain('是否为“education”');
    expect(fault!.message.en).toContain('Did you mean “education”');
    const key = await broken({ file: 'indicators.yaml', find: 'decimals: 2', put: 'decimal: 2' });
    expect((await faultsOf(key))[0]!.message.en).toContain('Did you mean “decimals”');
  });

  it('does not call references wrong because the entry they name has a slip of its own', async () => {
    const dir = await broken({ file: 'departments.yaml', find: 'kind: department', put: 'kind: deparment' });
    expect((await faultsOf(dir)).map((fault) => fault.code)).toEqual(['not-one-of']);
  });
});
