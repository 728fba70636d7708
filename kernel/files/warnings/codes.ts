import type { Text } from '#kernel/text';

/** What may hurt whoever hands a file in, or make it useless as evidence. */
export const FILE_WARNINGS = {
  location: {
    zh: '照片含拍摄位置。原图将按原样作为证据保存；如不愿提供位置，请先另存一份去除位置信息的副本再上传。',
    en: 'The picture holds the place where it was taken. It is kept as evidence as it came; if you do not wish to give the place away, make a copy without it and send that.',
  },
  person: {
    zh: '图片含设备序列号，或者机主、作者的姓名。原图将按原样作为证据保存；如不愿提供，请先另存一份去除这些信息的副本再上传。',
    en: 'The picture holds the serial number of a device, or the name of its owner or author. It is kept as it came; if you do not wish to give that away, make a copy without it and send that.',
  },
  damaged: {
    zh: '文件不完整或者已经损坏，可能打不开。请先打开核对，必要时重新导出或者拍摄，再上传一次。',
    en: 'The file is incomplete or damaged and may not open. Open it to look; where needed export or photograph it again, and send it once more.',
  },
  password: {
    zh: '文件设有打开密码，承办机构打不开。请改传不设密码的版本。',
    en: 'The file needs a password, and the office cannot open it. Send one without.',
  },
  restricted: {
    zh: 'PDF 设有使用限制（如不得打印、复制），可能妨碍办理。如有不设限制的版本，请改传。',
    en: 'The PDF restricts its use (printing or copying, say), which may be in the way. If there is one without restrictions, send that.',
  },
  form: {
    zh: 'PDF 含可填写的表单域，打印或者转换时所填内容可能丢失。请核对；必要时先“打印”成一份普通 PDF 再上传。',
    en: 'The PDF has form fields, and what was filled in may be lost when it is printed or converted. Look at it; where needed print it into a plain PDF and send that.',
  },
  script: {
    zh: 'PDF 含脚本程序（JavaScript），打开时会被禁用，内容可能显示不全。请先“打印”成一份普通 PDF 再上传。',
    en: 'The PDF holds scripts, which are switched off when it is opened, so that something may be missing. Print it into a plain PDF and send that.',
  },
  attachments: {
    zh: 'PDF 内嵌有其他文件，办理时可能不会被看到。需要的文件请单独上传。',
    en: 'Other files lie inside the PDF and may not be seen. Send what is needed by itself.',
  },
  macros: {
    zh: '文档含宏程序，打开时通常会被禁用。请另存为不含宏的文档或者 PDF 再上传。',
    en: 'The document holds macros, which are mostly switched off when it is opened. Save it without them or as PDF and send that.',
  },
  names: {
    zh: '文档记有作者、修改人的姓名，或者留有批注、修订。文件将按原样保存；如不愿提供，请先清除（“文件—信息—检查文档”）再上传。',
    en: 'The document holds names of those who wrote or changed it, or comments and tracked changes. It is kept as it came; if you do not wish to give them away, remove them first (File, Info, Inspect Document).',
  },
  unchecked: {
    zh: '未能完整检查这个文件，其中可能有没有提示到的情况（如位置、姓名、密码）。请自行打开核对。',
    en: 'The file could not be looked through in full, so there may be more in it than is said here (a place, names, a password). Open it and look.',
  },
} satisfies Record<string, Text>;

/** Id of a warning. */
export type FileWarningCode = keyof typeof FILE_WARNINGS;

/** A warning with its words. */
export interface FileWarning {
  code: FileWarningCode;
  text: Text;
}

/** Notes what is found; in the order in which it is listed above. */
export class Findings {
  readonly #found = new Set<FileWarningCode>();

  add(code: FileWarningCode): void {
    this.#found.add(code);
  }

  list(): FileWarning[] {
    return Object.entries(FILE_WARNINGS).flatMap(([code, text]) =>
      this.#found.has(code as FileWarningCode) ? [{ code: code as FileWarningCode, text }] : [],
    );
  }
}
