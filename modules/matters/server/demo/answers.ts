import { addDays, type CalendarDate } from '#kernel/calendar/date';
import { cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import type { Answers } from '#kernel/conditions';
import { madeUpValue } from '#kernel/fields/made-up';
import type { FieldModel, RecordModel, SimpleModel } from '#kernel/fields/model';
import { textBounds } from '#kernel/fields/values';
import { cnApplicationCheckDigit } from '#kernel/identifiers/cn-application';
import { usccOf } from '#kernel/identifiers/uscc';
import type { Random } from '#kernel/random';

type Item = CityPack['items'][number];

const STEMS = '甲乙丙丁戊己庚辛';
const TRADES = ['纺织', '家纺', '船舶设备', '电子', '新材料', '新能源', '环保科技', '机电'];

/** What people might write about, by the key of the field; other texts are called as their field. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  title: ['年度专利授权统计', '专利转化项目清单', '示范企业名单', '专项资金使用情况', '行政裁决办理情况'],
  patentTitle: ['一种纱线张力调节装置', '一种船用舱盖密封结构', '一种废水过滤装置', '一种机器人夹具'],
  project: ['智能织造车间改造项目（示例）', '海洋装备研发项目（示例）'],
  products: ['家用纺织品', '船用配套设备', '环保设备'],
  fields: ['纺织机械', '新能源材料', '海洋工程装备'],
  scope: ['家用纺织品的设计、生产', '环保设备的研发、销售'],
  programme: ['高价值专利培育资助', '专利转化运用资助'],
  need: ['专利年费监控和续展提醒', '商标监测'],
  subject: ['包装近似引起的争议', '许可费用的争议', '职务发明奖励的争议', '产品结构的争议', '展会上的争议'],
  right: ['一种织物裁切装置（示例专利）', '示例商标'],
  country: ['示例国家'],
  claim: ['请求停止制造、销售涉案产品（示例）'],
};

/** Years before that of a matter in which its patent was applied for. */
const PATENT_AGE = [1, 8] as const;

/** Answers to an item's form that fit every field of it. Firms are invented, persons are called by their function. */
export function madeUpAnswers(
  pack: CityPack,
  item: Item,
  model: RecordModel,
  random: Random,
  on: CalendarDate,
): Answers {
  const city = pack.city.name.zh;
  /** Each name has its own code. */
  const firm = () => {
    const place = random.int(0, STEMS.length * TRADES.length - 1);
    const stem = STEMS[Math.floor(place / TRADES.length)]!;
    const name = `${city.replace(/市$/, '')}示例${stem}${TRADES[place % TRADES.length]}有限公司`;
    return { name, code: usccOf(pack.city.adcode, `MY99${String(place).padStart(4, '0')}`) };
  };
  const own = firm();
  const place = random.int(0, 998);
  const from = {
    ...{ random, place, year: Number(on.slice(0, 4)), from: on, firm: own, title: '' },
    region: () => cityLookup(pack).countiesAt(on)[0]?.id ?? '',
  };
  const value = (field: SimpleModel): unknown => {
    const { key, label, type } = field;
    // What ends lies ahead, everything else behind.
    if (type === 'date') return addDays(on, random.int(10, 200) * (/至|期限|届满/.test(label.zh) ? 1 : -1));
    // Matters that go with another one would have no steps of their own.
    if (item.form.also.some((other) => other.if === key)) return false;
    if (type === 'boolean') return random.chance(0.25);
    if (type === 'patent-number') return patentNumber(random, Number(on.slice(0, 4)));
    if (type === 'organisation' || /姓名/.test(label.zh))
      return key === item.form.name ? own.name : firm().name;
    if (type !== 'text' && type !== 'long-text') return madeUpValue(field, from);
    const says = SAYS[key];
    const text = /地址/.test(label.zh)
      ? `${city}示例路${random.int(1, 200)}号`
      : says
        ? random.pick(says)
        : String(madeUpValue(field, from));
    return [...text].slice(0, textBounds(field).max).join('');
  };
  const answers = Object.fromEntries(
    model.fields
      .filter((field) => field.required || random.chance(0.5))
      .map((field) => [field.key, listOr(field, value)]),
  );
  // Whoever is no organisation is called by their part in the matter.
  const person = model.fields.some(
    ({ key, choices }) => choices?.some((one) => one.value === 'person') && answers[key] === 'person',
  );
  return person ? { ...answers, [item.form.name]: '示例申请人' } : answers;
}

/** One value, or a list with one item. */
function listOr(field: FieldModel, value: (field: SimpleModel) => unknown): unknown {
  if (field.type === 'values') return field.items.map(value);
  if (field.type === 'rows') return [Object.fromEntries(field.items.map((one) => [one.key, value(one)]))];
  return value(field as SimpleModel);
}

/** Number of an invented application whose check digit fits. */
function patentNumber(random: Random, year: number): string {
  const filed = year - random.int(...PATENT_AGE);
  const digits = `${filed}${random.pick(['1', '2'])}99${String(random.int(0, 99_999)).padStart(5, '0')}`;
  return `CN${digits}.${cnApplicationCheckDigit(digits)}`;
}
