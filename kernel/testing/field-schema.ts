import { RecordSchema } from '#kernel/city/schema-fields';
import { recordModel } from '#kernel/fields/model';

const named = (title: string, en: string) => ({ title, 'x-en': { title: en } });

/** A made-up schema with a field of every type. */
export const allTypesSchema: RecordSchema = RecordSchema.parse({
  type: 'object',
  required: ['name', 'since'],
  properties: {
    name: { type: 'string', ...named('名称', 'Name'), minLength: 2, maxLength: 100 },
    code: {
      type: 'string',
      format: 'uscc',
      ...named('统一社会信用代码', 'Unified social credit code'),
      'x-formerly': ['creditCode'],
    },
    firm: { type: 'string', format: 'organisation', ...named('牵头单位', 'Lead organisation') },
    head: { type: 'string', format: 'person', ...named('负责人', 'Person in charge'), 'x-internal': true },
    level: {
      type: 'string',
      ...named('级别', 'Level'),
      oneOf: [
        { const: 'city', title: '市级', 'x-en': 'City' },
        { const: 'province', title: '省级', 'x-en': 'Province' },
      ],
    },
    region: { type: 'string', format: 'region', ...named('所在县（市）区', 'Region') },
    patent: { type: 'string', format: 'patent-number', ...named('专利号', 'Patent number') },
    ipc: { type: 'string', format: 'ipc', ...named('分类号', 'IPC') },
    site: { type: 'string', format: 'uri', ...named('网址', 'Web site') },
    mail: { type: 'string', format: 'email', ...named('邮箱', 'E-mail') },
    phone: { type: 'string', format: 'phone', ...named('电话', 'Telephone') },
    parent: { type: 'string', format: 'reference', 'x-register': 'all-types', ...named('上级', 'Parent') },
    proof: { type: 'string', format: 'file', ...named('附件', 'Attachment') },
    note: { type: 'string', format: 'text', ...named('说明', 'Note') },
    certificate: {
      type: 'string',
      ...named('证书编号', 'Certificate number'),
      pattern: '^[0-9A-Z-]+$',
      'x-pattern-says': { zh: '数字、大写字母和短横', en: 'digits, capitals and dashes' },
    },
    staff: {
      type: 'integer',
      ...named('人数', 'Staff'),
      'x-unit': { zh: '人', en: 'people' },
      minimum: 0,
      maximum: 1_000_000,
    },
    share: { type: 'number', ...named('占比', 'Share'), 'x-unit': { zh: '%', en: '%' }, 'x-decimals': 1 },
    output: { type: 'integer', format: 'money', 'x-money': 'wan', ...named('产值', 'Output') },
    year: { type: 'integer', format: 'year', ...named('年度', 'Year') },
    active: { type: 'boolean', ...named('是否运营', 'In operation') },
    since: { type: 'string', format: 'date', ...named('认定日期', 'Since') },
    until: { type: 'string', format: 'date', ...named('有效期至', 'Until') },
    tags: {
      type: 'array',
      ...named('领域', 'Fields'),
      uniqueItems: true,
      maxItems: 50,
      items: { type: 'string', ...named('领域', 'Field'), maxLength: 60 },
    },
    members: {
      type: 'array',
      ...named('成员', 'Members'),
      'x-formerly': ['partners'],
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', format: 'organisation', ...named('名称', 'Name') },
          code: { type: 'string', format: 'uscc', ...named('统一社会信用代码', 'Code') },
          paid: { type: 'integer', format: 'money', 'x-money': 'yuan', ...named('出资', 'Paid') },
        },
      },
    },
  },
});

/** Its model, as of a register in which `outputPerHead` is computed. */
export const allTypesModel = recordModel(allTypesSchema, {
  period: { from: 'since', to: 'until' },
  computed: ['outputPerHead'],
});
