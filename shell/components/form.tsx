import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useShellText } from '../i18n.ts';
import css from './form.module.css';

/** One thing that keeps a form from being sent: the field's id, its label, and what to do. */
export interface FormIssue {
  /** Id of the field's control, as given to {@link FormField}. */
  field: string;
  label: string;
  message: string;
}

/** What a field's control gets, so that label, help and error belong to it for everybody. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

/**
 * One field: label above, help under it, the control, and what is wrong beside it. `aside` stands below the control: a
 * comparison, a count.
 */
export function FormField({
  id,
  label,
  help,
  issues = [],
  required,
  aside,
  children,
}: {
  id: string;
  label: ReactNode;
  help?: ReactNode;
  /** Messages about this field. */
  issues?: readonly string[];
  required?: boolean;
  aside?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}) {
  const t = useShellText();
  const described = [help && `${id}-help`, issues.length > 0 && `${id}-issue`, aside && `${id}-aside`];
  return (
    <div className={css.field} data-invalid={issues.length > 0}>
      <label htmlFor={id}>
        {label}
        {!required && <span className={css.optional}>{t('form.optional')}</span>}
      </label>
      {help && (
        <div id={`${id}-help`} className={css.help}>
          {help}
        </div>
      )}
      {children({
        id,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
        'aria-invalid': issues.length > 0 || undefined,
        'aria-required': required || undefined,
      })}
      {issues.length > 0 && (
        <div id={`${id}-issue`} className={css.issue}>
          {issues.join(' ')}
        </div>
      )}
      {aside && (
        <div id={`${id}-aside`} className={css.aside}>
          {aside}
        </div>
      )}
    </div>
  );
}

/** A numbered section of a form. */
export function FormSection({
  number,
  title,
  children,
}: {
  number?: number;
  title: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id}>
        {number !== undefined && <span className={css.number}>{number}</span>}
        {title}
      </h2>
      {children}
    </section>
  );
}

/**
 * Everything wrong with a form on one place, each with a link to its field. Takes the focus when `shown` changes, so that
 * keyboard and screen reader begin here.
 */
export function FormIssues({ issues, shown }: { issues: readonly FormIssue[]; shown: unknown }) {
  const t = useShellText();
  const box = useRef<HTMLDivElement>(null);
  const first = useRef(shown);
  useEffect(() => {
    if (first.current === shown) return;
    first.current = shown;
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, [shown]);
  if (issues.length === 0) return null;
  return (
    <div ref={box} className={css.issues} role="alert" tabIndex={-1}>
      <h2>{t('form.issues', { count: issues.length })}</h2>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.field} ${issue.message}`}>
            <a
              href={`#${issue.field}`}
              onClick={(event) => {
                event.preventDefault();
                const control = document.getElementById(issue.field);
                control?.scrollIntoView({ block: 'center' });
                control?.focus({ preventScroll: true });
              }}
            >
              {issue.label}
            </a>
            {t('form.issueColon')}
            {issue.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A form's column: at most 640 px wide. */
export function FormColumn({ children }: { children: ReactNode }) {
  return <div className={css.column}>{children}</div>;
}

/** The line at the foot of a form: where its content stands, and what can be done; stays in sight while scrolling. */
export function FormBar({
  wide = false,
  children,
}: {
  /** As wide as the page. */ wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css.bar} data-wide={wide}>
      {children}
    </div>
  );
}

/** A note inside a page: something to know, something that needs a decision, something wrong. */
export function Notice({
  tone = 'info',
  title,
  actions,
  children,
}: {
  tone?: 'info' | 'done' | 'attention' | 'wrong';
  title?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={css.notice} data-tone={tone} role={tone === 'wrong' ? 'alert' : 'status'}>
      {title && <p className={css.noticeTitle}>{title}</p>}
      {children}
      {actions && <div className={css.noticeActions}>{actions}</div>}
    </div>
  );
}
