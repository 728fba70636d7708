import { Input } from 'antd';
import type { ReactNode } from 'react';
import { ApiError } from '#shell/api';
import { FormField, Notice } from '#shell/components/form.tsx';
import { useShellText } from '#shell/i18n';

/** A line of text in a form, or several. */
export function TextInput({
  id,
  label,
  help,
  issues,
  required,
  rows,
  type = 'text',
  complete = 'off',
  value,
  onChange,
}: {
  id: string;
  label: string;
  help?: ReactNode;
  issues?: readonly string[];
  required?: boolean;
  /** More than one line. */
  rows?: number;
  /** What keyboard a telephone shows. */
  type?: 'text' | 'tel' | 'email' | 'numeric';
  /** What the browser may fill in. */
  complete?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField id={id} label={label} help={help} issues={issues} required={required}>
      {(control) =>
        rows ? (
          <Input.TextArea {...control} rows={rows} value={value} onChange={(e) => onChange(e.target.value)} />
        ) : (
          <Input
            {...control}
            inputMode={type}
            autoComplete={complete}
            value={value}
            onChange={(e) => onChange(e.target.value)}
          />
        )
      }
    </FormField>
  );
}

/** Says why an action failed; nothing while there is no failure. */
export function Failure({ error }: { error: unknown }) {
  const t = useShellText();
  if (!error) return null;
  const said = error instanceof ApiError && error.message;
  return <Notice tone="wrong" title={said || t('network.lost')} />;
}

/** What the server says of one field of the body. */
export function issuesOf(error: unknown, field: string): string[] {
  if (!(error instanceof ApiError)) return [];
  return error.issues.filter((i) => i.path === `/body/${field}`).map((i) => i.message);
}
