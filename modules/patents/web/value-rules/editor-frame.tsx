import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useId } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormBar, FormIssues } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { useText } from '../text.ts';
import type { RuleForm } from './use-rule-form.ts';
import css from './value-rules.module.css';

/** What surrounds the fields of a new version: the way back, what is wrong, what changes, and saving. */
export function EditorFrame({
  title,
  show,
  form,
  changes,
  children,
}: {
  title: string;
  /** Which part of the page of the rules it belongs to. */
  show: 'scheme' | undefined;
  form: Pick<
    RuleForm<{ version: number; name: string }, unknown>,
    'base' | 'issues' | 'tries' | 'error' | 'save' | 'asking' | 'confirm' | 'back' | 'forget'
  >;
  /** What the draft changes, in words. */
  changes: readonly string[];
  children: ReactNode;
}) {
  const t = useText();
  const navigate = useNavigate();
  const id = useId();
  const { base } = form;
  const told =
    changes.length === 0
      ? t('rules.noChanges')
      : t('rules.changesText', { changes: changes.join(t('listSemicolon')) });
  return (
    <article>
      <PageHeader
        title={title}
        subtitle={t('rules.begunFrom', { version: base.version, name: base.name })}
        before={
          <Link to="/patents/value-rules" search={{ show } as never}>
            {t('rules.title')}
          </Link>
        }
      />
      <FormIssues issues={form.issues} shown={form.tries} />
      <form
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        {children}
        <section className={css.changes} aria-labelledby={id}>
          <h2 id={id}>{t('rules.changes', { version: base.version })}</h2>
          <p>{told}</p>
        </section>
        {form.error !== null && <ErrorPanel error={form.error} what={t('rules.save')} />}
        <FormBar wide>
          <span role="status" className={css.muted}>
            {form.issues.length > 0 ? t('rules.stillWrong', { count: form.issues.length }) : ''}
          </span>
          <Button
            onClick={() => {
              form.forget();
              void navigate({ to: '/patents/value-rules', search: { show } as never });
            }}
          >
            {t('rules.giveUp')}
          </Button>
          <Button type="primary" htmlType="submit" disabled={changes.length === 0}>
            {t('rules.save')}
          </Button>
        </FormBar>
      </form>
      <ConfirmDialog
        open={form.asking}
        title={title}
        action={t('rules.save')}
        onConfirm={form.confirm}
        onClose={form.back}
      >
        <p>{t('rules.changes', { version: base.version })}</p>
        <p>{told}</p>
        <p>{t('rules.final')}</p>
      </ConfirmDialog>
    </article>
  );
}
