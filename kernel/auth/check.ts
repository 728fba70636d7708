import { AppError } from '#kernel/errors';
import type { Grant, Policy } from '#kernel/policy/policy';
import { normalUsername } from './account.ts';
import { authError } from './errors.ts';

const usernamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}$/u;

/** The stored form of a user name. Throws `validation` for what could not be typed at sign-in. */
export function checkUsername(text: string): string {
  const username = normalUsername(text);
  if (usernamePattern.test(username)) return username;
  throw new AppError('validation', {}, [
    {
      path: '/body/username',
      code: 'username',
      message: 'letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 63',
    },
  ]);
}

/** A person's or office's name, trimmed. Throws `validation` when blank or over 100 characters. */
export function checkName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name !== '' && name.length <= 100) return name;
  throw new AppError('validation', {}, [
    { path: '/body/name', code: 'name', message: 'between 1 and 100 characters' },
  ]);
}

/**
 * Checks that each grant names what its role needs and nothing else, and drops doubles. Whether a department or region
 * exists is known to the module that keeps them, not here. Throws `grant_invalid`.
 */
export function checkGrants(policy: Policy, grants: readonly Grant[]): Grant[] {
  const seen = new Map<string, Grant>();
  for (const g of grants) {
    const role = policy.roles.get(g.role);
    const fail = (why_zh: string, why_en: string) =>
      authError('grant_invalid', { role: role?.title.zh ?? g.role, why_zh, why_en });
    if (!role) throw fail('没有这个角色', 'there is no such role');
    if (role.scope === 'organisation' && !g.organisation) throw fail('需要指定部门', 'name the department');
    if (role.scope === 'region' && !g.region) throw fail('需要指定地区', 'name the region');
    const clean: Grant = {
      role: g.role,
      organisation: role.scope === 'organisation' ? g.organisation : null,
      region: role.scope === 'region' ? g.region : null,
    };
    seen.set(JSON.stringify([clean.role, clean.organisation, clean.region]), clean);
  }
  return [...seen.values()];
}
