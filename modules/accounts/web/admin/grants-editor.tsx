import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId } from 'react';
import { listRoles } from '#modules/accounts/contract';
import { listDepartments, listRegions } from '#modules/parties/contract';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import css from '../accounts.module.css';
import { useText } from '../text.ts';

/** A role as it is being given. */
export interface GrantDraft {
  role: string;
  organisation: string | null;
  region: string | null;
}

/** Roles of an account: each with the department or region that it is limited to. */
export function GrantsEditor({
  value,
  onChange,
}: {
  value: readonly GrantDraft[];
  onChange: (value: GrantDraft[]) => void;
}) {
  const t = useText();
  const lang = useLang();
  const id = useId();
  const roles = useQuery({ ...queryOf(listRoles, {}), staleTime: 600_000 }).data?.roles;
  const departments = useQuery(queryOf(listDepartments, { query: {} })).data?.departments;
  const regions = useQuery(queryOf(listRegions, { query: {} })).data?.regions;
  const scopeOf = (role: string) => roles?.find((r) => r.id === role)?.scope ?? 'platform';
  const set = (index: number, part: Partial<GrantDraft>) =>
    onChange(value.map((g, i) => (i === index ? { ...g, ...part } : g)));
  const places = {
    organisation: (departments ?? []).filter((d) => d.kind !== 'group'),
    region: (regions ?? []).filter((r) => r.kind !== 'city'),
  };

  return (
    <div className={css.grantsEditor}>
      {value.map((grant, index) => {
        const scope = scopeOf(grant.role);
        const role = roles?.find((r) => r.id === grant.role);
        const key = `${id}-${index}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own; they are added and removed as a whole.
          <fieldset key={index} className={css.grant}>
            <legend className="visually-hidden">{t('grants.one', { number: index + 1 })}</legend>
            <span>
              <label htmlFor={`${key}-role`}>{t('accounts.role')}</label>
              <select
                id={`${key}-role`}
                className={css.select}
                value={grant.role}
                onChange={(e) => set(index, { role: e.target.value, organisation: null, region: null })}
              >
                {!role && <option value={grant.role}>{grant.role || t('grants.choose')}</option>}
                {roles?.map((r) => (
                  <option key={r.id} value={r.id}>
                    {r.title[lang]}
                  </option>
                ))}
              </select>
            </span>
            {scope !== 'platform' && (
              <span>
                <label htmlFor={`${key}-place`}>
                  {scope === 'organisation' ? t('grants.department') : t('grants.region')}
                </label>
                <select
                  id={`${key}-place`}
                  className={css.select}
                  value={grant[scope] ?? ''}
                  required
                  onChange={(e) => set(index, { [scope]: e.target.value || null })}
                >
                  <option value="">{t('grants.choose')}</option>
                  {places[scope].map((p) => (
                    <option key={p.id} value={p.id}>
                      {p.exists ? p.name : t('grants.ended', { name: p.name })}
                    </option>
                  ))}
                </select>
              </span>
            )}
            <Button type="text" onClick={() => onChange(value.filter((_, i) => i !== index))}>
              {t('grants.remove')}
            </Button>
            {role && (
              <p className={css.note}>
                {role.permissions.length > 0
                  ? t('grants.may', {
                      list: role.permissions.map((p) => p.title[lang]).join(lang === 'zh' ? '、' : ', '),
                    })
                  : t('grants.mayNothing')}
              </p>
            )}
          </fieldset>
        );
      })}
      <Button
        onClick={() => onChange([...value, { role: roles?.[0]?.id ?? '', organisation: null, region: null }])}
        disabled={!roles}
      >
        {t('grants.add')}
      </Button>
    </div>
  );
}
