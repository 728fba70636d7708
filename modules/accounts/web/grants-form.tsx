import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { listDepartments, listRegions } from '#modules/parties/contract';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { listRoles } from '../contract.ts';
import css from './accounts.module.css';
import { useText } from './text.ts';

/** One role with what it is limited to; `key` tells rows of the form apart. */
export interface GrantEntry {
  key: string;
  role: string;
  organisation: string | null;
  region: string | null;
}

/** The body's shape of what the form holds. */
export function grantsBody(entries: readonly GrantEntry[]) {
  return entries.map(({ role, organisation, region }) => ({ role, organisation, region }));
}

/** Roles, each limited to an organisation or a region where the role asks for one. */
export function GrantsForm({
  value,
  onChange,
}: {
  value: readonly GrantEntry[];
  onChange: (value: GrantEntry[]) => void;
}) {
  const t = useText();
  const lang = useLang();
  const roles = useQuery(queryOf(listRoles, {})).data?.roles ?? [];
  const departments = useQuery(queryOf(listDepartments, { query: {} })).data?.departments ?? [];
  const regions = useQuery(queryOf(listRegions, { query: {} })).data?.regions ?? [];
  const change = (entry: GrantEntry) => onChange(value.map((e) => (e.key === entry.key ? entry : e)));
  return (
    <div>
      {value.length === 0 && <p className={css.muted}>{t('grants.noneYet')}</p>}
      {value.map((entry, i) => {
        const role = roles.find((r) => r.id === entry.role);
        const n = i + 1;
        return (
          <div key={entry.key} className={css.grant}>
            <select
              className={css.select}
              aria-label={t('grants.roleN', { n })}
              value={entry.role}
              onChange={(e) => change({ ...entry, role: e.target.value, organisation: null, region: null })}
            >
              <option value="">{t('grants.chooseRole')}</option>
              {roles.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.title[lang]}
                </option>
              ))}
            </select>
            {role?.scope === 'organisation' ? (
              <select
                className={css.select}
                aria-label={t('grants.organisationN', { n })}
                value={entry.organisation ?? ''}
                onChange={(e) => change({ ...entry, organisation: e.target.value || null })}
              >
                <option value="">{t('grants.chooseOrganisation')}</option>
                {departments.map((d) => (
                  <option key={d.id} value={d.id}>
                    {lang === 'zh' ? d.name : d.nameEn}
                    {!d.exists && d.to ? ` ${t('grants.ended', { to: d.to })}` : ''}
                  </option>
                ))}
              </select>
            ) : role?.scope === 'region' ? (
              <select
                className={css.select}
                aria-label={t('grants.regionN', { n })}
                value={entry.region ?? ''}
                onChange={(e) => change({ ...entry, region: e.target.value || null })}
              >
                <option value="">{t('grants.chooseRegion')}</option>
                {regions.map((r) => (
                  <option key={r.id} value={r.id}>
                    {lang === 'zh' ? r.name : r.nameEn}
                  </option>
                ))}
              </select>
            ) : (
              <span className={css.muted}>{role ? t('grants.everywhere') : ''}</span>
            )}
            <Button
              type="text"
              danger
              aria-label={t('grants.removeN', { n })}
              onClick={() => onChange(value.filter((e) => e.key !== entry.key))}
            >
              {t('remove')}
            </Button>
            {role && (
              <span className={css.sub} style={{ gridColumn: '1 / -1' }}>
                {t('grants.may', { what: role.permissions.map((p) => p.title[lang]).join(t('comma')) })}
              </span>
            )}
          </div>
        );
      })}
      <div className={css.buttons}>
        <Button
          onClick={() =>
            onChange([...value, { key: String(Math.random()), role: '', organisation: null, region: null }])
          }
        >
          {t('grants.add')}
        </Button>
      </div>
    </div>
  );
}
