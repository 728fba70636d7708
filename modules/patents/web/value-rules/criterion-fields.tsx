import { Button } from 'antd';
import type { ReactNode } from 'react';
import { type ControlProps, FormField } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import { useText } from '../text.ts';
import { type CriterionDraft, readYuan } from './criteria-draft.ts';
import { fieldId } from './fields.ts';
import { MOST } from './head-draft.ts';
import { IpcField } from './ipc-field.tsx';
import { useNumberFields, useRegisters } from './use-registers.ts';
import css from './value-rules.module.css';

interface Part {
  path: string;
  value: CriterionDraft;
  faultsAt: (path: string) => string[];
  onChange: (change: Partial<CriterionDraft>) => void;
}

/** One criterion: its words, the parameters of its kind, and a way to take it out. */
export function CriterionFields({ onRemove, ...part }: Part & { onRemove: () => void }) {
  const t = useText();
  const { path, value } = part;
  const kind = t(`rules.kind.${value.kind}`);
  return (
    <section className={css.card} aria-labelledby={`${fieldId(path)}-kind`}>
      <div className={css.cardHead}>
        <h3 id={`${fieldId(path)}-kind`}>{kind}</h3>
        <Button
          size="small"
          aria-label={t('rules.removeNamed', { title: value.title || kind })}
          onClick={onRemove}
        >
          {t('rules.remove')}
        </Button>
      </div>
      <Field {...part} name="title" label={t('rules.criterionTitle')} required>
        {(control) => (
          <input
            {...control}
            className={css.input}
            autoComplete="off"
            maxLength={MOST.title}
            value={value.title}
            onChange={(event) => part.onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Parameters {...part} />
    </section>
  );
}

function Parameters(part: Part) {
  switch (part.value.kind) {
    case 'industry':
      return (
        <IpcField
          path={`${part.path}/classes`}
          value={part.value}
          faults={part.faultsAt(`${part.path}/classes`)}
          onChange={(classes) => part.onChange({ classes })}
        />
      );
    case 'maintained':
      return <Maintained {...part} />;
    case 'pledge':
      return <Pledge {...part} />;
    case 'award':
      return <Award {...part} />;
    case 'overseas':
      return null;
  }
}

function Maintained(part: Part) {
  const t = useText();
  const { value, onChange } = part;
  return (
    <div className={css.pair}>
      <Field {...part} name="years" label={t('rules.years')} help={t('rules.yearsHelp')} required>
        {(control) => (
          <input
            {...control}
            className={css.figureInput}
            inputMode="numeric"
            autoComplete="off"
            maxLength={2}
            value={value.years}
            onChange={(event) => onChange({ years: event.target.value })}
          />
        )}
      </Field>
      <Field {...part} name="from" label={t('rules.countedFrom')} required>
        {(control) => (
          <select
            {...control}
            className={css.input}
            value={value.from}
            onChange={(event) => onChange({ from: event.target.value === 'grant' ? 'grant' : 'filing' })}
          >
            <option value="filing">{t('rules.counted.filing')}</option>
            <option value="grant">{t('rules.counted.grant')}</option>
          </select>
        )}
      </Field>
    </div>
  );
}

function Pledge(part: Part) {
  const t = useText();
  const { value, onChange } = part;
  const yuan = readYuan(value.least);
  return (
    <Field
      {...part}
      name="least"
      label={t('rules.least')}
      help={t('rules.leastHelp')}
      aside={yuan && yuan >= 10_000 ? t('rules.wan', { wan: formatNumber(yuan / 10_000, 0) }) : undefined}
    >
      {(control) => (
        <input
          {...control}
          className={css.figureInput}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={value.least}
          onChange={(event) => onChange({ least: event.target.value })}
        />
      )}
    </Field>
  );
}

function Award(part: Part) {
  const t = useText();
  const { value, onChange } = part;
  const { choices } = useRegisters();
  const fields = useNumberFields(value.register);
  return (
    <div className={css.pair}>
      <Field {...part} name="register" label={t('rules.register')} required>
        {(control) => (
          <Choice
            control={control}
            value={value.register}
            choices={choices}
            onChange={(register) => onChange({ register, field: '' })}
          />
        )}
      </Field>
      <Field {...part} name="field" label={t('rules.registerField')} help={t('rules.fieldHelp')} required>
        {(control) => (
          <Choice
            control={control}
            value={value.field}
            choices={fields}
            onChange={(field) => onChange({ field })}
          />
        )}
      </Field>
    </div>
  );
}

/** A list to choose from; what was chosen before stands in it also where it is none of the choices any more. */
function Choice({
  control,
  value,
  choices,
  onChange,
}: {
  control: ControlProps;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const t = useText();
  const known = value === '' || choices.some((one) => one.value === value);
  return (
    <select
      {...control}
      className={css.input}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('rules.choose')}</option>
      {!known && <option value={value}>{value}</option>}
      {choices.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

function Field({
  path,
  name,
  faultsAt,
  label,
  help,
  aside,
  required,
  children,
}: Pick<Part, 'path' | 'faultsAt'> & {
  name: string;
  label: string;
  help?: string;
  aside?: string | undefined;
  required?: boolean;
  children: (control: ControlProps) => ReactNode;
}) {
  const place = `${path}/${name}`;
  return (
    <FormField
      id={fieldId(place)}
      label={label}
      help={help}
      aside={aside}
      required={required ?? false}
      issues={faultsAt(place)}
    >
      {children}
    </FormField>
  );
}
