import { useId } from 'react';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** Which organisation it belongs to and whether everybody sees it; only what this account may choose is offered. */
export function ReachFields({
  organisations,
  publish,
  value,
  onChange,
}: {
  organisations: readonly { id: string; name: string }[];
  publish: boolean;
  value: { organisation: string | null; public: boolean };
  onChange: (value: { organisation: string | null; public: boolean }) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <>
      {organisations.length > 0 && (
        <div>
          <label htmlFor={id}>{t('reach.organisationLabel')}</label>
          <select
            id={id}
            value={value.organisation ?? ''}
            onChange={(e) => onChange({ ...value, organisation: e.target.value || null })}
          >
            <option value="">{t('reach.organisationNone')}</option>
            {organisations.map((o) => (
              <option key={o.id} value={o.id}>
                {o.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {(publish || value.public) && (
        <div>
          <label className={css.check}>
            <input
              type="checkbox"
              checked={value.public}
              onChange={(e) => onChange({ ...value, public: e.target.checked })}
            />
            {t('reach.publicLabel')}
          </label>
          <small>{t('reach.publicHelp')}</small>
        </div>
      )}
    </>
  );
}
