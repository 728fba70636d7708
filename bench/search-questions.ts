/** One question of the fixed set: in the platform's language, and taken apart for stores that have none. */
export interface Question {
  kind: string;
  q: string;
  /** Terms that must all be there; a list within is alternatives. */
  all?: (string | string[])[];
  number?: string;
  /** Terms with at most so many characters between, in any order. */
  near?: [string, string, number];
  /** Prefix of a class. */
  ipc?: string;
  from?: number;
  to?: number;
}

const term = (word: string): Question => ({ kind: 'one term', q: word, all: [word] });
const and = (...words: string[]): Question => ({ kind: 'AND of 2–4', q: words.join(' AND '), all: words });
const or = (...words: string[]): Question => ({ kind: 'OR of 20', q: words.join(' OR '), all: [words] });
const phrase = (words: string): Question => ({ kind: 'phrase', q: `"${words}"`, all: [words] });
const near = (a: string, b: string, n: number): Question => ({
  kind: 'proximity',
  q: `(${a} ${n}D ${b})`,
  near: [a, b, n],
});
const ipc = (symbol: string): Question => ({
  kind: 'class with hierarchy',
  q: `IPC=/low ${symbol}`,
  ipc: symbol,
});
const number = (n: number): Question => ({
  kind: 'number',
  q: `CN1${String(n).padStart(8, '0')}`,
  number: `CN1${String(n).padStart(8, '0')}`,
});
const mixed = (a: string, b: string, symbol: string, from: number, to: number): Question => ({
  kind: 'mixed with dates',
  q: `${a} AND ${b} AND IPC=${symbol} AND PD=[${from} TO ${to}]`,
  all: [a, b],
  ipc: symbol,
  from: from * 10000 + 101,
  to: to * 10000 + 1231,
});

const TWENTY = [
  '石墨烯',
  '碳纳米管',
  '电池',
  '电极',
  '隔膜',
  '电解液',
  '锂离子',
  '电容',
  '导电',
  '薄膜',
  '涂层',
  '复合材料',
  '纳米',
  '多孔',
  '催化剂',
  '阳极',
  '阴极',
  '充电',
  '储能',
  '燃料电池',
];
const OTHERS = [
  '机器人',
  '机械臂',
  '夹爪',
  '抓手',
  '吸盘',
  '伺服',
  '关节',
  '减速器',
  '路径规划',
  '避障',
  '导航',
  '视觉',
  '标定',
  '示教',
  '末端',
  '力控',
  '轨迹',
  '底盘',
  '履带',
  '云台',
];

/** 48 questions in eight kinds, fixed once. */
export const QUESTIONS: readonly Question[] = [
  ...[12, 4_711, 77_777, 123_456, 150_001, 199_999].map(number),
  ...['石墨烯', '机器人', '电池', '神经网络', '传感器', '区块链'].map(term),
  and('传感器', '温度'),
  and('图像', '识别'),
  and('电池', '隔膜'),
  and('神经网络', '训练', '图像'),
  and('电机', '控制', '转速'),
  and('车辆', '路径', '规划', '障碍'),
  or(...TWENTY),
  or(...OTHERS),
  or(...TWENTY.slice(0, 10), ...OTHERS.slice(0, 10)),
  or(...TWENTY.slice(10), ...OTHERS.slice(10)),
  or(...[...TWENTY].reverse()),
  or(...[...OTHERS].reverse()),
  ...['温度传感器', '卷积神经网络', '锂离子电池', '人脸识别', '技术领域', '控制方法'].map(phrase),
  near('温度', '传感器', 5),
  near('图像', '识别', 10),
  near('电池', '隔膜', 5),
  near('机器人', '路径', 20),
  near('石墨烯', '电极', 10),
  near('车辆', '控制', 3),
  ...['G06F3/00', 'H01M10/00', 'H04L1/00', 'A61B5/00', 'B25J9/00', 'G06T7/00'].map(ipc),
  mixed('图像', '识别', 'G06T', 2018, 2022),
  mixed('电池', '电极', 'H01M', 2015, 2024),
  mixed('数据', '网络', 'H04L', 2010, 2020),
  mixed('机器人', '控制', 'B25J', 2016, 2023),
  mixed('温度', '检测', 'G01N', 2000, 2015),
  mixed('纤维', '织物', 'D06M', 2005, 2024),
];
