import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { brokenPack, type Edit, YUNZHOU } from '../testing/cities/broken.ts';
import { checkCityPack } from './check.ts';

const made: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((pack) => pack.remove()));
});

const SLIP: Edit = { file: 'indicators.yaml', find: 'lead: [education]', put: 'lead: [educaton]' };

async function broken(...edits: Edit[]): Promise<string> {
  const pack = await brokenPack(edits);
  made.push(pack);
  return pack.dir;
}

describe('the check for the command line', () => {
  it('says in one line that a pack is sound', async () => {
    const zh = await checkCityPack(YUNZHOU, { language: 'zh', json: false });
    expect(zh.exitCode).toBe(0);
    expect(zh.output).toMatch(
      /^云洲市：数据包完好，6 个指标，4 个名册，校验值 [0-9a-f]{16}。 0 个错误，0 个警告。$/,
    );
    const en = await checkCityPack(YUNZHOU, { language: 'en', json: false });
    expect(en.output).toMatch(
      /^Yunzhou: the pack is sound, 6 indicators, 4 registers, checksum [0-9a-f]{16}\. 0 errors, 0 warnings\.$/,
    );
  });

  it('names file, line, column, place, fault and remedy in both languages', async () => {
    const dir = await broken(SLIP);
    const zh = await checkCityPack(dir, { language: 'zh', json: false });
    expect(zh.exitCode).toBe(1);
    const [place, message, remedy] = zh.output.split('\n');
    expect(place).toMatch(/:\d+:\d+ 错误 \[unknown-department\] indicators\[2\]\.lead\[0\]$/);
    expect(place).toContain(`${path.join(dir, 'indicators.yaml')}:`);
    expect(message).toBe('  部门“educaton”不存在。是否为“education”？');
    expect(remedy).toMatch(/^ {2}改法：/);
    expect(zh.output).toMatch(/数据包没有载入。 1 个错误，0 个警告。$/);
    const en = await checkCityPack(dir, { language: 'en', json: false });
    expect(en.output).toContain('There is no department “educaton”. Did you mean “education”?');
    expect(en.output).toMatch(/The pack was not loaded\. 1 errors, 0 warnings\.$/);
  });

  it('is sound in spite of warnings, and shows them', async () => {
    const dir = await broken({ file: 'boundaries.yaml', set: ['layers', 0, 'crs', 'verified'], to: false });
    const { output, exitCode } = await checkCityPack(dir, { language: 'en', json: false });
    expect(exitCode).toBe(0);
    expect(output).toContain('warning [crs-unverified]');
    expect(output).toMatch(/the pack is sound.* 0 errors, 1 warnings\.$/);
  });

  it('speaks JSON to programs', async () => {
    const sound: unknown = JSON.parse((await checkCityPack(YUNZHOU, { language: 'zh', json: true })).output);
    expect(sound).toMatchObject({
      ok: true,
      city: 'yunzhou',
      indicators: 6,
      registers: 4,
      errors: 0,
      warnings: 0,
      faults: [],
    });
    const { output, exitCode } = await checkCityPack(await broken(SLIP), { language: 'zh', json: true });
    expect(exitCode).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      ok: false,
      errors: 1,
      faults: [{ file: 'indicators.yaml', code: 'unknown-department', severity: 'error' }],
    });
  });

  it('names a folder that is not there', async () => {
    const { output, exitCode } = await checkCityPack('/nowhere/at/all', { language: 'en', json: false });
    expect(exitCode).toBe(1);
    expect(output).toContain('/nowhere/at/all');
  });
});
