import { describe, expect, test } from 'vitest';
import type { AppError } from '#kernel/errors';
import fc from '#kernel/testing/property';
import { type Actor, anonymous, type Grant, Policy, type Scope, system } from './policy.ts';
import { baseRoles } from './roles.ts';

const permission = (id: string, ...roles: string[]) => ({ id, title: { zh: `权限${id}`, en: id }, roles });
const policy = new Policy(baseRoles, [
  permission('report', 'department-officer', 'county-officer'),
  permission('read', 'department-officer', 'county-officer', 'plan-office'),
  permission('manage', 'administrator'),
  permission('nobody'),
]);

const user = (...grants: (Partial<Grant> & { role: string })[]): Actor => ({
  kind: 'user',
  id: 'u',
  name: 'u',
  via: 'session',
  grants: grants.map((g) => ({ organisation: null, region: null, ...g })),
});
const officer = user({ role: 'department-officer', organisation: 'education' });
const county = user({ role: 'county-officer', region: 'rugao' });
const office = user({ role: 'plan-office' });

describe('a permission', () => {
  test.each<[string, Actor, string, Scope, boolean]>([
    ['is held in some scope', officer, 'report', {}, true],
    ['reaches the own organisation', officer, 'report', { organisation: 'education' }, true],
    ['not another one', officer, 'report', { organisation: 'science' }, false],
    ['not the absence of one', officer, 'report', { organisation: '' }, false],
    ['and nothing of which only a region is known', officer, 'report', { region: 'rugao' }, false],
    ['reaches the own region', county, 'report', { region: 'rugao' }, true],
    ['not another one', county, 'report', { region: 'haimen' }, false],
    [
      'and nothing of which only an organisation is known',
      county,
      'read',
      { organisation: 'education' },
      false,
    ],
    [
      'one side is enough where both are named',
      officer,
      'read',
      { organisation: 'education', region: 'x' },
      true,
    ],
    ['of a role of the platform reaches everything', office, 'read', { region: 'rugao' }, true],
    ['is not held by every role', office, 'manage', {}, false],
    ['is not held by visitors', anonymous, 'read', {}, false],
    ['is always held by the platform itself', system, 'manage', { region: 'x' }, true],
    ['that no role holds is held by nobody', user({ role: 'administrator' }), 'nobody', {}, false],
  ])('%s', (_, actor, id, scope, may) => {
    expect(policy.can(actor, id, scope)).toBe(may);
  });

  test('is demanded with 401 of visitors, and 403 naming it of others', () => {
    const thrown = (actor: Actor) => {
      try {
        policy.demand(actor, 'manage');
      } catch (error) {
        return error as AppError;
      }
      return undefined;
    };
    expect(thrown(anonymous)?.code).toBe('not_signed_in');
    expect(thrown(officer)).toMatchObject({
      status: 403,
      text: { zh: expect.stringContaining('权限manage') },
    });
    expect(thrown(officer)?.message).toContain('“manage”');
    expect(thrown(user({ role: 'administrator' }))).toBeUndefined();
  });

  test('that nobody declared is a mistake of the programme', () => {
    expect(() => policy.can(officer, 'dance')).toThrow('unknown permission dance');
  });

  test('of a role that no module knows any more is not held', () => {
    expect(policy.can(user({ role: 'abolished' }), 'read')).toBe(false);
  });
});

const grant = fc.record({
  role: fc.constantFrom(...baseRoles.map((r) => r.id)),
  organisation: fc.constantFrom(null, 'a', 'b'),
  region: fc.constantFrom(null, 'a', 'b'),
});

test('one more grant never takes anything away, and a scope never gives anything', () => {
  const scope = fc.record(
    { organisation: fc.constantFrom('a', 'b', ''), region: fc.constantFrom('a', 'b', '') },
    { requiredKeys: [] },
  );
  const ids = fc.constantFrom('report', 'read', 'manage');
  fc.assert(
    fc.property(fc.array(grant), grant, ids, scope, (grants, more, id, s) => {
      const before = policy.can(user(...grants), id, s);
      if (before) expect(policy.can(user(...grants, more), id, s)).toBe(true);
      if (before) expect(policy.can(user(...grants), id)).toBe(true);
      expect(policy.held(user(...grants)).includes(id)).toBe(policy.can(user(...grants), id));
    }),
  );
});

test('declarations that contradict each other are refused at the start', () => {
  expect(() => new Policy(baseRoles, [permission('x', 'nobody-knows')])).toThrow('unknown role nobody-knows');
  expect(() => new Policy(baseRoles, [permission('x'), permission('x')])).toThrow('x is declared twice');
  expect(() => new Policy([...baseRoles, baseRoles[0]!], [])).toThrow('declared twice');
});
