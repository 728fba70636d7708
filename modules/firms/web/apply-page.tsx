import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import {
  FormBar,
  FormColumn,
  type FormIssue,
  FormIssues,
  FormSection,
  Notice,
} from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { uuid } from '#shell/uuid';
import { applyForFirm, type Feature, FIRM_LIMITS, type Receipt } from '../contract.ts';
import { isEmail, isPhone } from './check.ts';
import css from './firms.module.css';
import { FeatureChoices } from './parts/features.tsx';
import { Failure, issuesOf, TextInput } from './parts/field.tsx';
import { seatsWrong } from './parts/terms-form.tsx';
import { useText } from './text.ts';

const EMPTY = { name: '', code: '', contact: '', phone: '', email: '', seats: '3', reason: '' };
type Field = keyof typeof EMPTY;

/** A firm applies for accounts; nobody needs to sign in. */
export function ApplyPage() {
  const t = useText();
  const [done, setDone] = useState<Receipt | null>(null);
  return (
    <article>
      <PageHeader
        title={t('apply.title')}
        subtitle={t('apply.subtitle')}
        actions={<Link to="/firms/receipt">{t('apply.check')}</Link>}
      />
      {done ? <Done receipt={done} /> : <ApplyForm onDone={setDone} />}
    </article>
  );
}

function Done({ receipt }: { receipt: Receipt }) {
  const t = useText();
  return (
    <Notice tone="done" title={t('apply.done')}>
      <p className={css.password}>
        <span>{t('apply.receiptIs')}</span>
        <code>{receipt.receipt}</code>
      </p>
      <p>{t('apply.keep')}</p>
      <p>
        <Link to="/firms/receipt" search={{ receipt: receipt.receipt } as never}>
          {t('apply.toReceipt')}
        </Link>
      </p>
    </Notice>
  );
}

function ApplyForm({ onDone }: { onDone: (receipt: Receipt) => void }) {
  const t = useText();
  // Kept over every try, so that a second try after a lost answer finds what the first one made.
  const [key, setKey] = useState(uuid);
  const [form, setForm] = useState(EMPTY);
  const [features, setFeatures] = useState<Feature[]>([]);
  const [consent, setConsent] = useState(false);
  const [tried, setTried] = useState(0);
  const send = useMutation({
    mutationFn: () =>
      call(applyForFirm, {
        body: { ...form, email: form.email.trim(), key, features, seats: Number(form.seats), consent: true },
      }),
    onSuccess: onDone,
  });
  const labels: Record<Field | 'consent', string> = {
    ...{ name: t('apply.name'), code: t('apply.code'), contact: t('apply.contact') },
    ...{ phone: t('apply.phone'), email: t('apply.email'), seats: t('apply.seats') },
    ...{ reason: t('apply.reason'), consent: t('apply.consentLabel') },
  };
  const wrong = (field: Field): string | null => {
    const value = form[field].trim();
    if (value === '') return t('apply.fill');
    if (field === 'phone' && !isPhone(value)) return t('apply.phoneWrong');
    if (field === 'email' && !isEmail(value)) return t('apply.emailWrong');
    if (field === 'seats' && seatsWrong(value)) return t('apply.seatsWrong', { most: FIRM_LIMITS.seats });
    return null;
  };
  const issues: FormIssue[] = [
    ...(Object.keys(EMPTY) as Field[]).map((field) => ({ field, message: wrong(field) })),
    { field: 'consent' as const, message: consent ? null : t('apply.consentNeeded') },
  ].flatMap(({ field, message }) => (message ? [{ field, label: labels[field], message }] : []));
  const shown = tried > 0 ? issues : [];
  const set = (field: Field) => (value: string) => {
    setForm((before) => ({ ...before, [field]: value }));
    // Other content is another application.
    if (send.isError) setKey(uuid());
  };
  const props = (field: Field) => ({
    ...{ id: field, label: labels[field], required: true, value: form[field], onChange: set(field) },
    issues: [...shown.filter((i) => i.field === field).map((i) => i.message), ...issuesOf(send.error, field)],
  });
  return (
    <FormColumn>
      <FormIssues issues={shown} shown={tried} />
      <Failure error={send.error} />
      <FormSection number={1} title={t('apply.firm')}>
        <TextInput {...props('name')} complete="organization" />
        <TextInput {...props('code')} help={t('apply.codeHelp')} />
      </FormSection>
      <FormSection number={2} title={t('apply.person')}>
        <TextInput {...props('contact')} complete="name" />
        <TextInput {...props('phone')} type="tel" complete="tel" help={t('apply.phoneHelp')} />
        <TextInput {...props('email')} type="email" complete="email" help={t('apply.emailHelp')} />
      </FormSection>
      <FormSection number={3} title={t('apply.needs')}>
        <FeatureChoices value={features} onChange={setFeatures} />
        <TextInput {...props('seats')} type="numeric" />
        <TextInput {...props('reason')} rows={4} help={t('apply.reasonHelp')} />
        <label className={css.choice}>
          <input
            id="consent"
            type="checkbox"
            aria-required="true"
            checked={consent}
            onChange={(e) => setConsent(e.target.checked)}
          />
          {t('apply.consent')}
        </label>
      </FormSection>
      <FormBar>
        <span>{t('apply.kept')}</span>
        <Button
          type="primary"
          loading={send.isPending}
          onClick={() => {
            if (issues.length > 0) setTried((n) => n + 1);
            else send.mutate();
          }}
        >
          {t('apply.send')}
        </Button>
      </FormBar>
    </FormColumn>
  );
}
