import { fillText, type Text } from '#kernel/text';

/** What can be wrong with a template: what, where, and how to mend it. */
const TEXTS = {
  empty: {
    zh: '文件是空的（0 字节）。请重新保存后再上传。',
    en: 'The file is empty (0 bytes): save it again and send that.',
  },
  large: {
    zh: '文件超过 {limit}。模板里的图片请先压缩，或者去掉不需要的图片。',
    en: 'The file is larger than {limit}: compress the pictures in it, or take out what is not needed.',
  },
  password: {
    zh: '文件设有打开密码，无法读取。请在 Word 或 WPS 中取消密码，再上传一次。',
    en: 'The file needs a password: take it off in Word or WPS and send the file again.',
  },
  old: {
    zh: '这是旧格式的文档（.doc 或 .wps）。请在 Word 或 WPS 中另存为“Word 文档（*.docx）”后上传。',
    en: 'This is a document in an old format (.doc or .wps): save it as a Word document (*.docx) and send that.',
  },
  type: {
    zh: '文件的内容不是 Word 文档（.docx）。请在 Word 或 WPS 中另存为“Word 文档（*.docx）”后上传；只改扩展名没有用。',
    en: 'The content is no Word document (.docx): save it as one in Word or WPS; a changed ending is not enough.',
  },
  damaged: {
    zh: '文件已经损坏或者没有传完整（{why}）。请在 Word 或 WPS 中打开核对，另存一份后上传。',
    en: 'The file is damaged or incomplete ({why}): open it in Word or WPS, save it again and send that.',
  },
  bomb: {
    zh: '文件解压后过大（{part}），不像是模板，已拒绝。请去掉大图片后另存一份，再上传。',
    en: 'The file unpacks to more than a template can be ({part}) and was refused: take out large pictures and save it again.',
  },
  strict: {
    zh: '文件按“Strict Open XML”保存，或者不是普通的文档。请另存为“Word 文档（*.docx）”（不要选 Strict 和模板 .dotx）后上传。',
    en: 'The file was saved as Strict Open XML, or is no ordinary document: save it as a Word document (*.docx), neither Strict nor .dotx.',
  },
  xml: {
    zh: '“{part}”不是完好的 XML（{why}）。请在 Word 或 WPS 中打开，另存一份后上传。',
    en: '{part} is not sound XML ({why}): open the file in Word or WPS, save it again and send that.',
  },
  macros: {
    zh: '文档含有宏程序或者控件（{part}）。请另存为“Word 文档（*.docx）”（不是“启用宏的文档”），并删除其中的控件。',
    en: 'The document holds macros or controls ({part}): save it as a Word document (*.docx) without macros and take out the controls.',
  },
  embedded: {
    zh: '文档嵌有其他文件或者对象（{part}）。请删除嵌入的对象，需要的内容直接写在文档中。',
    en: 'Other files or objects lie in the document ({part}): take them out and write what is needed into the document.',
  },
  part: {
    zh: '文档含有模板中不能用的内容（{part}）。请把正文复制到一份新建的文档中，另存后上传。',
    en: 'The document holds what a template cannot have ({part}): copy the text into a new document and send that.',
  },
  image: {
    zh: '图片“{part}”不是 PNG 或者 JPEG。请把图片另存为 PNG，重新插入。',
    en: 'The picture {part} is neither PNG nor JPEG: save it as PNG and insert it again.',
  },
  external: {
    zh: '文档引用了外部内容：{target}（在{part}中）。请取消超链接（右键“取消超链接”）；图片请改为“插入”，不要“链接到文件”。',
    en: 'The document refers to something outside: {target} (in {part}). Remove the hyperlink; insert pictures instead of linking them.',
  },
  attached: {
    zh: '文档关联着一个模板文件（{target}），打开时会去读取。请新建一份空白文档，把内容复制过去，另存后上传。',
    en: 'The document is attached to a template file ({target}), which is read when it is opened: copy the content into a new document and send that.',
  },
  comments: {
    zh: '文档留有批注。请全部删除（“审阅—删除—删除文档中的所有批注”），否则会随文书发出。',
    en: 'There are comments in the document, which would go out with it: delete all of them (Review, Delete).',
  },
  tracked: {
    zh: '{where}留有修订痕迹。请全部接受或者拒绝（“审阅—接受所有修订”），否则会随文书发出。',
    en: '{where_en} holds tracked changes, which would go out with the document: accept or reject all of them (Review).',
  },
  field: {
    zh: '{where}有域“{field}”。模板中只能用页码一类的域（PAGE、NUMPAGES）；日期请用标签 {成文日期}，目录、邮件合并和引用请删除。',
    en: '{where_en} holds the field “{field}”. Only page numbers (PAGE, NUMPAGES) may be used; write the date with the tag {成文日期}, and take out tables of contents, mail merge and references.',
  },
  bound: {
    zh: '{where}的内容控件与文档属性绑定，填入的内容会被替换。请删除这个内容控件，保留文字。',
    en: '{where_en} holds a content control that is bound to a property and would replace what is filled in: remove the control and keep the text.',
  },
  wide: {
    zh: '{where}用了全角的｛或｝。请改成半角的 { 和 }，例如 {文号}。',
    en: '{where_en} uses the full-width ｛ or ｝: write { and } as in {文号}.',
  },
  unclosed: {
    zh: '{where}的标签没有写完整：“{tag}”。标签要写成 {文号} 的样子，左右括号都在同一段内，中间不能换行、不能插图。',
    en: '{where_en} holds a tag that is not complete: “{tag}”. Write tags as {文号}, both brackets in one paragraph, without line breaks or pictures between them.',
  },
  unopened: {
    zh: '{where}多了一个 }，它前面没有对应的 {。请补上 { 或者删除 }。',
    en: '{where_en} has a } without a { before it: add the one or delete the other.',
  },
  unknown: {
    zh: '{where}的标签 {tag} 不存在{meant}请从本页“可以使用的标签”中复制。',
    en: '{where_en} uses {tag}, which is no tag{meant_en} Copy one from the list of tags on this page.',
  },
  place: {
    zh: '{where}的标签 {tag} 不会被填写。标签只能写在正文、页眉和页脚中，请移到那里。',
    en: '{where_en} holds {tag}, which would not be filled in there: tags belong in the text, header or footer.',
  },
  alt: {
    zh: '图片或者图形的说明文字里有 { 或 }：“{tag}”。请在“替代文字”中删除。',
    en: 'The description of a picture holds { or }: “{tag}”. Delete it there (alt text).',
  },
  missing: {
    zh: '缺少必须有的标签 {tag}（{meaning}）。请在文档中需要的位置写上 {tag}。',
    en: 'The tag {tag} must be there ({meaning_en}): write it where it belongs.',
  },
  twice: {
    zh: '标签 {tag} 出现了 {count} 次（{where}）。正文只能有一处，请保留一处。',
    en: 'The tag {tag} stands {count} times ({where_en}): the text of a document has one place, keep one.',
  },
  alone: {
    zh: '{where}中 {tag} 要单独成一段：前后不能有其他文字或者图片，这一段也不能带分节符。请换行分开。',
    en: '{where_en}: {tag} needs a paragraph of its own, without other text, pictures or a section break in it. Put it on its own line.',
  },
  header: {
    zh: '标签 {tag} 写在{where}。正文要写在文档中，不能写在页眉、页脚、文本框里。',
    en: '{tag} stands in {where_en}: it belongs in the document itself, not in a header, a footer or a text box.',
  },
  filled: {
    zh: '用示例内容试填时出错（{why}）。请把正文复制到一份新建的文档中，另存后上传。',
    en: 'Filling it with examples failed ({why}): copy the text into a new document and send that.',
  },
} satisfies Record<string, Text>;

/** Id of a fault. */
export type FaultCode = keyof typeof TEXTS;

/** One thing that is wrong with a template. */
export interface TemplateFault {
  code: FaultCode;
  text: Text;
}

/** A fault in its words. */
export function templateFault(code: FaultCode, params: Record<string, unknown> = {}): TemplateFault {
  const { where, where_en, ...rest } = params;
  // A tag is shown as it is written; places of messages are in Latin letters, so that nothing in a tag is one.
  return {
    code,
    text: fillText(TEXTS[code], {
      ...rest,
      ...(where !== undefined && { where: capital(where), where_en: capital(where_en) }),
    }),
  };
}

const capital = (text: unknown) => String(text).replace(/^[a-z]/, (sign) => sign.toUpperCase());
