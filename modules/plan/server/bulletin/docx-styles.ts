import { AlignmentType, LineRuleType } from 'docx';
import { FONT } from '#kernel/office/faces';

/** Styles of the document: body 三号仿宋 on 28 points, title 二号小标宋, headings 三号黑体 (GB/T 9704-2012). */
export function documentStyles() {
  const spacing = { line: 560, lineRule: LineRuleType.EXACT };
  const heading = { next: 'Body', quickFormat: true, basedOn: 'Normal' };
  return {
    default: {
      document: {
        run: { font: FONT.body, size: 32, language: { value: 'en-US', eastAsia: 'zh-CN' } },
      },
    },
    paragraphStyles: [
      {
        id: 'Title',
        name: 'Title',
        ...heading,
        run: { font: FONT.title, size: 44 },
        paragraph: {
          alignment: AlignmentType.CENTER,
          spacing: { line: 640, lineRule: LineRuleType.AT_LEAST },
        },
      },
      {
        id: 'Subtitle',
        name: 'Subtitle',
        ...heading,
        run: { font: FONT.note, size: 28 },
        paragraph: {
          alignment: AlignmentType.CENTER,
          spacing: { line: 480, lineRule: LineRuleType.AT_LEAST },
        },
      },
      {
        id: 'Heading1',
        name: 'heading 1',
        ...heading,
        run: { font: FONT.heading, size: 32 },
        paragraph: {
          indent: { firstLine: 640 },
          keepNext: true,
          spacing: { ...spacing, before: 120, after: 60 },
          outlineLevel: 0,
        },
      },
      {
        id: 'Body',
        name: 'Body Text',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { indent: { firstLine: 640 }, spacing },
      },
      {
        id: 'Caption',
        name: 'caption',
        basedOn: 'Normal',
        run: { font: FONT.heading, size: 24 },
        paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 160, after: 80 } },
      },
      { id: 'Cell', name: 'Table Text', basedOn: 'Normal', run: { size: 19 }, paragraph: {} },
      {
        id: 'Note',
        name: 'Table Note',
        basedOn: 'Normal',
        run: { font: FONT.note, size: 20 },
        paragraph: { spacing: { before: 80, after: 120 } },
      },
    ],
  };
}
