import { Input } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { FormField } from '#shell/components/form.tsx';
import css from './accounts.module.css';

/** A line of text in a form, or a password. */
export function TextInput({
  id,
  label,
  help,
  issues,
  required,
  secret,
  value,
  onChange,
}: {
  id: string;
  label: string;
  help?: ReactNode;
  issues?: readonly string[];
  required?: boolean;
  /** Hides what is typed; the word tells password managers which one it is. */
  secret?: 'current-password' | 'new-password';
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField id={id} label={label} help={help} issues={issues} required={required}>
      {(control) =>
        secret ? (
          <Input.Password
            {...control}
            autoComplete={secret}
            value={value}
            onChange={(e) => onChange(e.target.value)}
          />
        ) : (
          <Input {...control} autoComplete="off" value={value} onChange={(e) => onChange(e.target.value)} />
        )
      }
    </FormField>
  );
}

/** A labelled text field among filters; asks 300 ms after the last key. */
export function FilterText({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string | undefined;
  placeholder?: string;
  onChange: (value: string | undefined) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  useEffect(() => {
    if (typed === (value ?? '')) return;
    const timer = setTimeout(() => onChange(typed.trim() || undefined), 300);
    return () => clearTimeout(timer);
  });
  return (
    <span className={css.textField}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        placeholder={placeholder}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
    </span>
  );
}
