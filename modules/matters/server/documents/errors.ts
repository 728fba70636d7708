import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table: templates, and documents as PDF. */
export const documentError = defineErrors({
  matters_template_none: {
    status: 404,
    zh: '没有这份文书，或者它不属于本机构。请从“文书模板”列表进入',
    en: 'There is no such document, or it is not of your office: go in from the list of templates',
  },
  matters_template_version: {
    status: 404,
    zh: '这份文书没有第 {version} 版模板，请刷新页面',
    en: 'This document has no template of version {version}: reload the page',
  },
  matters_template_faults: {
    status: 400,
    zh: '模板有 {count} 处需要修改，没有保存。请按提示修改后再上传',
    en: 'The template needs to be mended in {count} places and was not kept: mend it as it says and send it again',
  },
  matters_template_changed: {
    status: 409,
    zh: '{by} 已于 {at} 先启用了{what}，本次没有启用。请核对后再办',
    en: '{by} was first, at {at}, and put {what_en} in force, so this was not done: look at it and decide again',
  },
  matters_template_same: {
    status: 409,
    zh: '{what}已经是在用的模板，不需要再启用',
    en: '{what_en} is in force already',
  },
  matters_template_limit: {
    status: 409,
    zh: '一份文书最多保存 {most} 版模板，请启用已有的版本',
    en: 'A document keeps at most {most} versions of its template: put one of them in force',
  },
  matters_template_old: {
    status: 409,
    zh: '在用的模板（第 {version} 版）不能用于本办件：{why}。请机构负责人修改模板或者启用平台格式；急需的，请上传文件',
    en: 'The template in force (version {version}) does not fit this matter: {why_en}. Ask the head of the office to mend it or to put the platform’s form in force; where it is urgent attach a file',
  },
  matters_pdf_none: {
    status: 404,
    zh: '本平台没有安装转换程序，不生成 PDF，请下载 Word 文件',
    en: 'No PDF is made here, as LibreOffice is not installed: take the Word document',
  },
  matters_pdf_busy: {
    status: 503,
    zh: '正在生成 PDF 的文书较多，请稍后再试，或者先看 Word 文件',
    en: 'Many documents are being made into PDF: try again in a moment, or take the Word document',
  },
  matters_pdf_failed: {
    status: 500,
    zh: '没有能生成 PDF，原因已记入系统日志。请先看 Word 文件，并告诉管理员',
    en: 'The PDF could not be made; the log has the reason. Take the Word document and tell an administrator',
  },
});
