import path from 'node:path';
import type { Fault } from './faults.ts';
import { type LoadResult, loadCityPack } from './load.ts';

/** The languages of the command line. */
export type Language = 'zh' | 'en';

const WORDS = {
  zh: {
    error: '错误',
    warning: '警告',
    fix: '改法',
    sound: (name: string, indicators: number, registers: number, hash: string) =>
      `${name}：数据包完好，${indicators} 个指标，${registers} 个名册，校验值 ${hash.slice(0, 16)}。`,
    broken: '数据包没有载入。',
    count: (errors: number, warnings: number) => `${errors} 个错误，${warnings} 个警告。`,
  },
  en: {
    error: 'error',
    warning: 'warning',
    fix: 'Remedy',
    sound: (name: string, indicators: number, registers: number, hash: string) =>
      `${name}: the pack is sound, ${indicators} indicators, ${registers} registers, checksum ${hash.slice(0, 16)}.`,
    broken: 'The pack was not loaded.',
    count: (errors: number, warnings: number) => `${errors} errors, ${warnings} warnings.`,
  },
} as const;

/** One fault as lines of text: place, what is wrong, how to mend it. */
export function faultText(fault: Fault, dir: string, language: Language): string {
  const words = WORDS[language];
  const file = fault.file === '' ? dir : path.join(dir, fault.file);
  const place =
    fault.column === undefined ? `${file}:${fault.line}` : `${file}:${fault.line}:${fault.column}`;
  const where = fault.path === '' ? '' : ` ${fault.path}`;
  return [
    `${place} ${words[fault.severity]} [${fault.code}]${where}`,
    `  ${fault.message[language].trim()}`,
    `  ${words.fix}${language === 'zh' ? '：' : ': '}${fault.remedy[language].trim()}`,
  ].join('\n');
}

/** What the check says, as text for people or as JSON for programs. */
export function renderCheck(
  result: LoadResult,
  dir: string,
  options: { language: Language; json: boolean },
): string {
  const faults = result.ok ? result.warnings : result.faults;
  const errors = faults.filter((fault) => fault.severity === 'error').length;
  if (options.json) {
    const summary = result.ok
      ? {
          ok: true,
          city: result.pack.city.id,
          indicators: result.pack.indicators.length,
          registers: result.pack.registers.length,
          hash: result.pack.hash,
          errors,
          warnings: faults.length - errors,
          faults,
        }
      : { ok: false, errors, warnings: faults.length - errors, faults };
    return JSON.stringify(summary, null, 2);
  }
  const words = WORDS[options.language];
  const last = result.ok
    ? words.sound(
        result.pack.city.name[options.language],
        result.pack.indicators.length,
        result.pack.registers.length,
        result.pack.hash,
      )
    : words.broken;
  const texts = faults.map((fault) => faultText(fault, dir, options.language));
  return [...texts, `${last} ${words.count(errors, faults.length - errors)}`].join('\n\n');
}

/**
 * `zc city check DIR`: checks a pack and says what it found.
 * @returns the text to print and the exit code: 0 sound (perhaps with warnings), 1 not.
 */
export async function checkCityPack(
  dir: string,
  options: { language: Language; json: boolean },
): Promise<{ output: string; exitCode: 0 | 1 }> {
  const result = await loadCityPack(dir);
  return { output: renderCheck(result, dir, options), exitCode: result.ok ? 0 : 1 };
}
