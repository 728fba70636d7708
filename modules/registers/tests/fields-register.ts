import type { Register } from '#kernel/city/schema-register';
import { Register as RegisterShape } from '#kernel/city/schema-register';
import { allTypesSchema } from '#kernel/testing/field-schema';
import { modelOf } from '../server/fields/model.ts';

const basis = { text: '云洲市知识产权工作计划', source: 'plan-2021', verified: true } as const;

/** A made-up register with a field of every type. */
export const allTypes: Register = RegisterShape.parse({
  id: 'all-types',
  prefix: 'QB',
  title: { zh: '全类型清单', en: 'All types' },
  group: 'industry',
  order: 1,
  purpose: { zh: '试验', en: 'A trial' },
  basis: [basis],
  keeper: { department: 'ip-office', counties: 'propose' },
  public: true,
  schema: allTypesSchema,
  entry: {
    title: 'name',
    keys: [['code'], ['name', 'region']],
    region: 'region',
    organisation: { name: 'firm' },
  },
  list: ['name', 'region', 'level'],
  facets: ['level'],
  validity: { from: 'since', to: 'until', expires: true, remind: [90] },
  computed: [
    {
      id: 'outputPerHead',
      title: '人均产值',
      'x-en': { title: 'Output per head' },
      unit: { zh: '万元', en: '10,000 CNY' },
      decimals: 2,
      divide: ['output', 'staff'],
      scale: 0.0001,
    },
  ],
  measures: [],
});

/** Its model. */
export const allModel = modelOf(allTypes);
