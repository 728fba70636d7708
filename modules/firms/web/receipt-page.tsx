import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { readReceipt } from '../contract.ts';
import css from './firms.module.css';
import { Failure, TextInput } from './parts/field.tsx';
import { ReceiptSearch } from './search.ts';
import { useText } from './text.ts';

/** Where an application stands, for whoever has its receipt. */
export function ReceiptPage() {
  const t = useText();
  const [{ receipt }, setSearch] = usePageSearch(ReceiptSearch);
  const [typed, setTyped] = useState(receipt ?? '');
  const found = useQuery({
    ...queryOf(readReceipt, { params: { receipt: receipt ?? '' } }),
    enabled: receipt !== undefined && receipt.trim() !== '',
  });
  const seen = found.data;
  return (
    <article>
      <PageHeader title={t('receipt.title')} before={<Link to="/firms/apply">{t('receipt.back')}</Link>} />
      <FormColumn>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() === receipt) void found.refetch();
            else setSearch({ receipt: typed.trim() || undefined });
          }}
        >
          <TextInput
            id="receipt"
            label={t('receipt.label')}
            help={t('receipt.help')}
            required
            value={typed}
            onChange={setTyped}
          />
          <div className={css.buttons}>
            <Button type="primary" htmlType="submit" loading={found.isFetching}>
              {t('receipt.look')}
            </Button>
          </div>
        </form>
        <Failure error={found.error} />
        {seen && (
          <section aria-live="polite">
            <Facts
              items={[
                { name: t('receipt.name'), value: seen.name },
                { name: t('receipt.sent'), value: formatMoment(seen.sentAt) },
                { name: t('receipt.state'), value: <strong>{t(`app.${seen.state}`)}</strong> },
                { name: t('receipt.decided'), value: seen.decidedAt && formatMoment(seen.decidedAt) },
                { name: t('receipt.reason'), value: seen.reason || null },
              ]}
            />
            {seen.state !== 'declined' && (
              <Notice tone={seen.state === 'granted' ? 'done' : 'info'}>
                <p>{t(seen.state === 'granted' ? 'receipt.grantedText' : 'receipt.waitingText')}</p>
              </Notice>
            )}
          </section>
        )}
      </FormColumn>
    </article>
  );
}
