import type { CityPack } from '#kernel/city/schema';
import type { Text } from '#kernel/text';
import type { Letter } from '../../../contract.ts';
import { Form } from '../../matters/form.ts';

type Item = CityPack['items'][number];

/** A tag that may stand in a template. */
export interface TemplateTag {
  /** As it is written between the brackets. */
  name: string;
  meaning: Text;
  /** Plainly made up. */
  example: string;
  /** A template without it is refused. */
  duty: boolean;
  from: 'document' | 'matter' | 'form';
  /** Field of the item's form, for those that come from it. */
  field?: string;
}

/** The body: its paragraph is repeated for each paragraph that an officer wrote. */
export const BODY = '正文';
/** Where the number goes, and the code by which anybody verifies the document. */
export const NUMBER = '文号';
const CODE = '核验码';

/** Stands where the seal is put. */
const SEAL = '（印章）';

/** A number and a code that the platform never gives. */
const NO_CODE = '0000-0000-0000-0000';

const tag = (
  name: string,
  from: TemplateTag['from'],
  [zh, en]: readonly [string, string],
  example: string,
  duty = false,
): TemplateTag => ({ name, from, meaning: { zh, en }, example, duty });

/** The tags of a document whatever its item asks for. */
function fixedTags(mark: string, title: string): TemplateTag[] {
  return [
    tag('发文机关', 'document', ['承办机构名称', 'Name of the office'], '示例市示例局'),
    tag('标题', 'document', ['文书名称', 'Title of the document'], title),
    tag(
      NUMBER,
      'document',
      ['文号，制作时由平台编号', 'Its number, given when it is made'],
      `${mark}〔2000〕0号`,
      true,
    ),
    tag('主送', 'document', ['收件人，由承办人填写', 'To whom, as the officer wrote it'], '示例收件人'),
    tag(
      BODY,
      'document',
      [
        '承办人所写的正文，要单独成段；每段正文各成一段，格式相同',
        'What the officer wrote; on a line of its own, which is repeated for each paragraph',
      ],
      '这是示例正文的第一段，用来查看版式，不是真实的内容。\n一、示例事项；\n二、另一示例事项。',
      true,
    ),
    tag('成文日期', 'document', ['制作当日，如 2026年9月21日', 'Day of its making'], '2000年1月1日'),
    tag('印章', 'document', ['盖章的位置，显示“（印章）”', 'Where the seal is put'], SEAL),
    tag(
      CODE,
      'document',
      ['任何人据以核验文书的编码', 'Code by which anybody verifies the document'],
      NO_CODE,
      true,
    ),
    tag(
      '核验地址',
      'document',
      ['核验文书的网址', 'Address at which it is verified'],
      'https://example.invalid/verify',
    ),
    tag('办件编号', 'matter', ['办件的编号', 'Number of the matter'], '示例收〔2000〕0号'),
    tag('事项', 'matter', ['事项名称', 'Title of the service item'], '示例事项'),
    tag(
      '当事人',
      'matter',
      ['申请人姓名或者名称；身份保密的显示“身份保密”', 'Name of the applicant'],
      '示例当事人',
    ),
    tag('事由', 'matter', ['办件的事由', 'What the matter is about'], '示例事由'),
    tag(
      '申请日期',
      'matter',
      ['收到申请（立案）的日期', 'Day on which the matter was opened'],
      '2000年1月1日',
    ),
  ];
}

/** A label as a tag: nothing in it that a tag cannot hold. */
const asTag = (label: string) => label.replace(/[\s{}｛｝[\]#/\\]/g, '');

/**
 * The tags of a document in the versions of its item: those that every document has, and the fields that the form of every version
 * asks for and none keeps in the vault. Files have no text and are left out.
 * @param versions those that have the document, the latest last.
 */
export function tagsOf(versions: readonly Item[], document: string): TemplateTag[] {
  const latest = versions.at(-1)!;
  const { mark, title } = latest.documents.find(({ id }) => id === document)!;
  const tags = fixedTags(mark ?? '', title.zh);
  const names = new Set(tags.map(({ name }) => name));
  const forms = versions.map((item) => new Form(item));
  for (const field of forms.at(-1)!.model.fields) {
    const open = forms.every(
      ({ model, secret }) => model.byKey.has(field.key) && !secret.includes(field.key),
    );
    if (!open || field.internal || field.type === 'file' || field.items.some(({ type }) => type === 'file'))
      continue;
    const plain = asTag(field.label.zh);
    const name = [plain, `申请表${plain}`, `申请表${plain}${asTag(field.key)}`].find(
      (one) => !names.has(one),
    )!;
    names.add(name);
    tags.push({
      ...{ name, from: 'form', field: field.key, duty: false, example: `（示例）${field.label.zh}` },
      meaning: {
        zh: `申请表中的“${field.label.zh}”；没有填写的留空`,
        en: `“${field.label.en}” of the form; empty where it was not answered`,
      },
    });
  }
  return tags;
}

/** What stands in a document beside its letter. */
export interface DocumentFacts {
  letter: Letter;
  code: string;
  /** Address at which it is verified. */
  at: string;
  matter: { number: string; item: string; name: string; subject: string; openedOn: string };
  /** Shown answers of the form by field. */
  answers: ReadonlyMap<string, string>;
}

/** What is filled in: a text, or the paragraphs of the body. */
export type TagValues = ReadonlyMap<string, string | readonly string[]>;

const chineseDay = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/** The values of the tags for one document. Only what is named here can be read by a template. */
export function valuesOf(tags: readonly TemplateTag[], facts: DocumentFacts): TagValues {
  const { letter, code, at, matter, answers } = facts;
  const fixed = new Map<string, string | readonly string[]>([
    ...([
      ['发文机关', letter.office],
      ['标题', letter.title],
      [NUMBER, letter.number],
      ['主送', letter.to],
      ['成文日期', letter.date],
      ['印章', SEAL],
      [CODE, code],
      ['核验地址', at],
      ['办件编号', matter.number],
      ['事项', matter.item],
      ['当事人', matter.name],
      ['事由', matter.subject],
      ['申请日期', chineseDay(matter.openedOn)],
    ] as const),
    [BODY, letter.paragraphs],
  ]);
  return new Map(
    tags.map(({ name, field }) => [
      name,
      field === undefined ? (fixed.get(name) ?? '') : (answers.get(field) ?? ''),
    ]),
  );
}

/** The examples of the tags as values. */
export function examplesOf(tags: readonly TemplateTag[]): TagValues {
  return new Map(tags.map(({ name, example }) => [name, name === BODY ? example.split('\n') : example]));
}

/** Fields of the form whose answers a template may show: what a matter's own definition keeps in the vault is left out, too. */
export function openFields(tags: readonly TemplateTag[], form: Form): Set<string> {
  return new Set(
    tags.flatMap(({ field }) => (field !== undefined && !form.secret.includes(field) ? [field] : [])),
  );
}
