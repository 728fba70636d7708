import { defineErrors } from '#kernel/errors';

/** What can go wrong with signing in and with accounts. */
export const authError = defineErrors({
  sign_in_failed: {
    status: 401,
    zh: '用户名或密码不正确，请核对后重试；忘记密码请联系管理员重置',
    en: 'The user name or password is wrong: check both, or ask an administrator to reset the password',
  },
  sign_in_locked: {
    status: 429,
    zh: '密码错误次数过多，请在 {seconds} 秒后再试',
    en: 'Too many wrong passwords: try again in {seconds} s',
  },
  account_disabled: {
    status: 403,
    zh: '该账号已停用，如需恢复请联系管理员',
    en: 'This account is disabled: ask an administrator to enable it',
  },
  second_factor_wrong: {
    status: 401,
    zh: '验证码不正确或已用过，请查看验证器中的最新 6 位数字',
    en: 'The code is wrong or was used before: type the newest six digits of the authenticator',
  },
  backup_code_wrong: {
    status: 401,
    zh: '备用码不正确或已使用，请换一个未用过的备用码',
    en: 'The backup code is wrong or was used before: take another one',
  },
  second_factor_expired: {
    status: 401,
    zh: '验证步骤已过期，请重新输入用户名和密码',
    en: 'The second step expired: begin again with user name and password',
  },
  second_factor_locked: {
    status: 429,
    zh: '验证码错误次数过多，该账号的两步验证暂时锁定，请稍后再试',
    en: 'Too many wrong codes: the second step of this account is locked for a while, try again later',
  },
  second_factor_state: {
    status: 409,
    zh: '两步验证的当前状态不允许此操作，请刷新页面后重试',
    en: 'Two-step verification is not in the state for that: reload the page and try again',
  },
  password_wrong: {
    status: 400,
    zh: '当前密码不正确，请重新输入',
    en: 'The current password is wrong: type it again',
  },
  password_absent: {
    status: 409,
    zh: '该账号没有密码（通过统一身份认证登录），请由管理员设置密码',
    en: 'This account has no password (it signs in through the identity provider): an administrator may set one',
  },
  password_weak: { status: 400, zh: '{why_zh}', en: '{why_en}' },
  oidc_unavailable: {
    status: 503,
    zh: '统一身份认证暂时无法使用，请用用户名和密码登录或稍后再试',
    en: 'The identity provider cannot be reached: sign in with user name and password, or try later',
  },
  account_exists: {
    status: 409,
    zh: '{field_zh}“{value}”已被其他账号使用，请换一个',
    en: 'The {field_en} "{value}" belongs to another account: choose another',
  },
  account_changed: {
    status: 409,
    zh: '账号“{username}”已被他人修改（当前版本 {version}），请核对最新内容后再保存',
    en: 'The account {username} was changed by somebody else (now version {version}): look at it and save again',
  },
  last_administrator: {
    status: 409,
    zh: '这是最后一个可用的系统管理员，不能停用或取消其角色；请先任命另一位管理员',
    en: 'This is the last enabled administrator: appoint another one first',
  },
  grant_invalid: {
    status: 400,
    zh: '角色“{role}”的授权不完整：{why_zh}',
    en: 'The grant of {role} is not complete: {why_en}',
  },
});
