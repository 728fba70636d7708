/** Generated patents for measurements: real records multiplied where they are at hand, else the demonstration's words. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rootPath } from '../kernel/paths.ts';
import { type Random, seeded } from '../kernel/random.ts';
import { emptyContent, type PatentContent } from '../modules/patents/server/corpus/content.ts';

interface Base {
  title: string;
  sentences: string[];
  applicant: string;
  label: string;
}

const REAL = resolve(rootPath(), '../shared/data/patents-zh/ccf-bdci-2022-fewshot/expand_train_1.jsonl');
const CLASSES =
  'H01M G06F H04L A61B G06Q B65G F16H C08L A47J E04B D06M B23K G01N H02J A01G B60L F24F C02F B25J G06T'.split(
    ' ',
  );

/** The records that are multiplied: 4,097 real ones, or a few hundred made of words. */
export function baseRecords(): { base: Base[]; real: boolean } {
  if (existsSync(REAL)) {
    const base = readFileSync(REAL, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const r = JSON.parse(line) as { title: string; assignee: string; abstract: string; label_id: number };
        return {
          title: r.title,
          sentences: r.abstract.split(/(?<=[。；])/).filter((s) => s.length > 4),
          applicant: r.assignee,
          label: String(r.label_id),
        };
      });
    return { base, real: true };
  }
  const random = seeded(1);
  const words =
    '传感器 电池 石墨烯 机器人 温度 控制 装置 薄膜 纤维 织物 图像 识别 通信 网络 数据 模块 壳体 支架 电机 散热 涂层 催化 合成 检测 信号'.split(
      ' ',
    );
  const some = (n: number) => Array.from({ length: n }, () => random.pick(words)).join('');
  const base = Array.from({ length: 500 }, (_, i) => ({
    title: `一种${some(3)}`,
    sentences: Array.from({ length: 6 }, () => `本发明包括${some(8)}，用于${some(6)}。`),
    applicant: `${some(2)}有限公司`,
    label: String(i % 36),
  }));
  return { base, real: false };
}

/**
 * Records from the base, the same for a seed: sentences of records of one field are mixed, applicants follow a power law,
 * years grow, classes go with the field, families and citations are sparse.
 */
export function* generated(count: number, seed = 7): Generator<PatentContent> {
  const random = seeded(seed);
  const { base } = baseRecords();
  const fields = new Map<string, Base[]>();
  for (const b of base) fields.set(b.label, [...(fields.get(b.label) ?? []), b]);
  const labels = [...fields.keys()].sort();
  const firms = Array.from(
    { length: 20_000 },
    (_, i) => base[i % base.length]!.applicant + (i < base.length ? '' : `第${i}分公司`),
  );
  for (let n = 0; n < count; n++) {
    const own = random.pick(base);
    const mates = fields.get(own.label)!;
    const other = random.pick(mates);
    const sentences = Array.from({ length: 3 + random.int(0, 3) }, () =>
      random.pick(random.pick([own, other, random.pick(mates)]).sentences),
    ).filter(Boolean);
    const year = yearOf(random);
    const day = `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
    const number = `CN1${String(n).padStart(8, '0')}${random.chance(0.4) ? 'B' : 'A'}`;
    const key = `CN${year - 1}1${String(n % 10_000_000).padStart(7, '0')}`;
    const lead =
      CLASSES[Number(own.label) % CLASSES.length] ?? CLASSES[labels.indexOf(own.label) % CLASSES.length]!;
    const symbol = (subclass: string) =>
      `${subclass}${random.int(1, 30)}/${String(random.int(0, 40)).padStart(2, '0')}`;
    const granted = number.endsWith('B');
    yield {
      ...emptyContent(number),
      kind: number.slice(-1),
      applicationNumber: `${key}.0`,
      applicationKey: key,
      type: 'invention',
      granted,
      lang: 'zh',
      title: own === other ? own.title : own.title.slice(0, 12) + other.title.slice(-8),
      abstract: sentences.join(''),
      applicants: [firms[Math.floor(firms.length * random.next() ** 4)]!],
      ipc: [symbol(lead), ...(random.chance(0.6) ? [symbol(random.pick(CLASSES))] : [])],
      filingDate: `${year - 1}${day.slice(4)}`,
      publicationDate: day,
      legalStatus: granted ? (random.chance(0.7) ? 'in-force' : 'lapsed') : 'pending',
      legalStatusText: granted ? '有效' : '公开',
      address: random.pick([
        '江苏省南通市崇川区',
        '江苏省南通市海门区',
        '江苏省南通市如皋市',
        '上海市浦东新区',
        '广东省深圳市',
        '',
      ]),
      familyId: random.chance(0.1) ? `F${random.int(1, count)}` : '',
      citations: random.chance(0.2)
        ? [
            {
              number: `CN1${String(random.int(0, Math.max(1, n))).padStart(8, '0')}A`,
              text: '',
              category: 'Y',
              origin: 'examiner',
            },
          ]
        : [],
      keys: [`p:${number}`, `p:${number.slice(0, -1)}`, `a:${key}`],
    };
  }
}

function yearOf(random: Random): number {
  // Twice as many every six years.
  return 2024 - Math.min(34, Math.floor(-Math.log2(1 - random.next() * 0.98) * 6));
}
