import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import * as z from 'zod';
import type { FieldView } from '#kernel/fields/view';
import { endpoint } from '#kernel/http/contract';
import { checkIdentifier } from '#modules/reference/contract';
import { useShellText } from '../../i18n.ts';
import { queryOf } from '../../query.ts';
import { FormField } from '../form.tsx';
import { type FieldContext, PREFIX } from './control.ts';
import { InternalMark } from './marks.tsx';
import css from './record-form.module.css';
import { SimpleInput } from './simple-input.tsx';
import { useRested } from './use-rested.ts';
import type { FormValue } from './values.ts';

/** One field of the form: label, help, example, control, and what is wrong. */
export const FieldControl = memo(function FieldControl({
  field,
  value,
  issues,
  context,
  onChange,
}: {
  field: FieldView;
  value: string;
  issues: readonly string[];
  context: FieldContext;
  onChange: (key: string, value: FormValue) => void;
}) {
  const t = useShellText();
  const help = [
    field.help,
    field.pattern?.says,
    field.example && t('field.example', { example: field.example }),
  ].filter(Boolean);
  return (
    <div className={css.field} data-wide={field.type === 'long-text' || undefined}>
      <FormField
        id={`${context.prefix ?? PREFIX}-${field.key}`}
        label={
          <>
            {field.label}
            {field.required && <span className={css.required}>{t('field.required')}</span>}
            {field.internal && <InternalMark />}
          </>
        }
        help={help.length > 0 ? help.join(' ') : undefined}
        issues={issues}
        required={field.required}
        aside={field.type === 'uscc' ? <CodeCheck code={value} /> : undefined}
      >
        {(control) => (
          <SimpleInput
            field={field}
            control={control}
            value={value}
            context={context}
            onChange={(text) => onChange(field.key, text)}
            onCode={(code) => context.onCode?.(field.key, code)}
          />
        )}
      </FormField>
    </div>
  );
});

/** The check with the value as a part of its own in the address. */
const check = endpoint({
  ...checkIdentifier,
  path: '/api/identifiers/:kind/:value',
  params: z.object({ kind: z.string(), value: z.string() }),
});

/** Says at once whether a 统一社会信用代码 holds: a wrong digit is found before anything is saved. */
function CodeCheck({ code }: { code: string }) {
  const t = useShellText();
  const rested = useRested(code.trim(), 400);
  const ready = rested.length >= 18;
  const { data } = useQuery({
    ...queryOf(check, { params: { kind: 'uscc', value: rested } }, { interactive: false }),
    enabled: ready,
    staleTime: 600_000,
  });
  return (
    <span role="status" className={css.check} data-valid={ready ? data?.valid : undefined}>
      {ready && data && (data.valid ? t('code.valid') : (data.reason?.message ?? t('code.invalid')))}
    </span>
  );
}
