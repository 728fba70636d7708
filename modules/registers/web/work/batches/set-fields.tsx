import { useState } from 'react';
import { SelectField } from '#shell/components/fields.tsx';
import type { FieldContext } from '#shell/components/record-form/control';
import { RecordField } from '#shell/components/record-form/record-fields.tsx';
import type { FormValue, FormValues } from '#shell/components/record-form/values';
import type { FieldView, RegisterView } from '../../../contract.ts';
import { ofRegister } from '../../form/of-register.tsx';
import shared from '../../registers.module.css';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { isBlank } from './bulk.ts';

/** The fields that are set, each with the control of the form; a blank one says that it empties. */
export function SetFields({
  register,
  all,
  fields,
  values,
  wrong,
  missing,
  onAdd,
  onDrop,
  onChange,
}: {
  register: RegisterView;
  /** Fields that may be set. */
  all: readonly FieldView[];
  /** Those that were chosen. */
  fields: readonly FieldView[];
  values: FormValues;
  /** Messages by field. */
  wrong: Readonly<Record<string, readonly string[]>>;
  /** No field was chosen, and one should be. */
  missing: boolean;
  onAdd: (field: FieldView) => void;
  onDrop: (key: string) => void;
  onChange: (key: string, value: FormValue) => void;
}) {
  const t = useWorkText();
  const [files, setFiles] = useState<Record<string, string>>({});
  const context: FieldContext = {
    ...ofRegister(register),
    files,
    onFile: (id, name) => setFiles((before) => ({ ...before, [id]: name })),
    // The code of a chosen organisation is not set along (`onCode`): what is set was chosen field by field.
  };
  const left = all.filter((f) => !fields.includes(f));
  return (
    <>
      {fields.map((field) => {
        const value = values[field.key];
        const issues = wrong[field.key] ?? [];
        return (
          <div key={field.key} className={css.setField}>
            <div className={css.setControl}>
              <RecordField
                field={field}
                value={value}
                issues={issues.map((message) => ({ place: field.key, message }))}
                context={context}
                onChange={onChange}
              />
              {isBlank(value) && (
                <p className={css.empties}>{t(field.required ? 'bulk.mustFill' : 'bulk.empties')}</p>
              )}
            </div>
            <button
              type="button"
              className={shared.plain}
              aria-label={t('bulk.dropNamed', { field: field.label })}
              onClick={() => onDrop(field.key)}
            >
              {t('bulk.drop')}
            </button>
          </div>
        );
      })}
      {left.length > 0 && (
        <SelectField
          label={t(fields.length === 0 ? 'bulk.field' : 'bulk.another')}
          value={undefined}
          choices={left.map((f) => ({ value: f.key, label: f.label }))}
          all={t('bulk.pick')}
          onChange={(key) => {
            const field = left.find((f) => f.key === key);
            if (field) onAdd(field);
          }}
        />
      )}
      {missing && (
        <p role="alert" className={css.wrongLine}>
          {t('bulk.noField')}
        </p>
      )}
    </>
  );
}
