import { Input } from 'antd';
import type { ReactNode } from 'react';
import { FormField } from '#shell/components/form.tsx';

/** A line or a box of text in a dialog. */
export function TextField({
  id,
  label,
  help,
  issues,
  required,
  rows,
  aside,
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
  aside?: ReactNode;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField
      id={id}
      label={label}
      help={help}
      issues={issues ?? []}
      required={required ?? false}
      aside={aside}
    >
      {(control) =>
        rows ? (
          <Input.TextArea {...control} rows={rows} value={value} onChange={(e) => onChange(e.target.value)} />
        ) : (
          <Input {...control} autoComplete="off" value={value} onChange={(e) => onChange(e.target.value)} />
        )
      }
    </FormField>
  );
}
