import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const accountError = defineErrors({
  grant_place: {
    status: 400,
    zh: '没有“{place}”这个部门或地区，请从列表中选择',
    en: 'There is no department or region {place}: choose one from the list',
  },
  token_by_token: {
    status: 403,
    zh: '不能用访问令牌再申请令牌，请登录后在网页上申请',
    en: 'A token cannot make further tokens: sign in and make it on the web',
  },
  file_missing: {
    status: 400,
    zh: '请求中没有文件，请在表单字段 file 中附上一个文件',
    en: 'There is no file in the request: attach one as the form field `file`',
  },
});
