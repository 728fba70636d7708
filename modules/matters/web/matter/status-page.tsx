import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { FormColumn, FormField, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { usePageSearch } from '#shell/page-search';
import { useSession } from '#shell/session';
import { StatusSearch } from '../search.ts';
import { useText } from '../text.ts';
import { keepCode } from './codes.ts';

/** Where a matter stands, for whoever has number and code of the receipt. */
export function StatusPage() {
  const t = useText();
  const [search] = usePageSearch(StatusSearch);
  const session = useSession();
  return (
    <article>
      <PageHeader
        title={t('status.title')}
        subtitle={t('status.subtitle')}
        actions={session.may('signed-in') && <Link to="/matters/mine">{t('mine.title')}</Link>}
      />
      <StatusForm number={search.number ?? ''} />
    </article>
  );
}

/** Number and code of a receipt. */
export function StatusForm({
  number: given,
  code: typed = '',
  wrong,
}: {
  number: string;
  code?: string | undefined;
  wrong?: string;
}) {
  const t = useText();
  const navigate = useNavigate();
  const [number, setNumber] = useState(given);
  const [code, setCode] = useState(typed);
  const [tried, setTried] = useState(false);
  const empty = (value: string) => (tried && value.trim() === '' ? [t('apply.fill')] : []);
  return (
    <FormColumn>
      {wrong && <Notice tone="wrong" title={wrong} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (number.trim() === '' || code.trim() === '') return;
          keepCode(number, code);
          void navigate({
            to: '/matters/$number',
            params: { number: number.trim() },
          });
        }}
      >
        <FormField
          id="status-number"
          label={t('number')}
          help={t('status.numberHelp')}
          issues={empty(number)}
          required
        >
          {(control) => <Input {...control} value={number} onChange={(e) => setNumber(e.target.value)} />}
        </FormField>
        <FormField
          id="status-code"
          label={t('code')}
          help={t('status.codeHelp')}
          issues={empty(code)}
          required
        >
          {(control) => (
            <Input {...control} autoComplete="off" value={code} onChange={(e) => setCode(e.target.value)} />
          )}
        </FormField>
        <Button type="primary" htmlType="submit">
          {t('status.look')}
        </Button>
      </form>
    </FormColumn>
  );
}
