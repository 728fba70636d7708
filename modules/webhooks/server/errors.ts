import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const webhookError = defineErrors({
  webhooks_changed: {
    status: 409,
    zh: '推送 {host} 已被修改（现为第 {version} 版），请刷新后再试；您填写的内容仍在',
    en: 'The webhook to {host} was changed meanwhile (now version {version}): load it again; what you typed is kept',
  },
  webhooks_limit: {
    status: 422,
    zh: '每个账号最多 {most} 个推送地址，请先删除不用的',
    en: 'An account has at most {most} webhooks: delete one first',
  },
  webhooks_url: {
    status: 400,
    zh: '不能推送到 {url}：{why}',
    en: 'Cannot deliver to {url}: {why_en}',
  },
  webhooks_want: {
    status: 400,
    zh: '“{what}”不在您可以接收的内容之中，请重新选择',
    en: '“{what}” is not among what you can hear of: choose again',
  },
  webhooks_gone: {
    status: 404,
    zh: '{what}不存在或已删除',
    en: '{what_en} is not there or was deleted',
  },
});
