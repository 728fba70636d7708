import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn, FormField, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { verifyDocument } from '../contract.ts';
import { Failure } from './matter/failure.tsx';
import css from './matters.module.css';
import { VerifySearch } from './search.ts';
import { useText } from './text.ts';

/** Whether a document is genuine, by the code at its foot. */
export function VerifyPage() {
  const t = useText();
  const lang = useLang();
  const [{ code = '' }, setSearch] = usePageSearch(VerifySearch);
  const [typed, setTyped] = useState(code);
  const found = useQuery({
    ...queryOf(verifyDocument, { params: { code } }),
    enabled: code.length >= 4,
  });
  const seen = found.data;
  return (
    <article>
      <PageHeader title={t('verify.title')} subtitle={t('verify.subtitle')} />
      <FormColumn>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setSearch({ code: typed.trim() || undefined });
          }}
        >
          <FormField id="verify-code" label={t('verify.code')} help={t('status.codeHelp')} required>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </FormField>
          <Button type="primary" htmlType="submit" loading={found.isFetching}>
            {t('verify.look')}
          </Button>
        </form>
        <Failure error={found.error} />
        {seen && (
          <section className={css.part} aria-live="polite">
            <Notice
              tone={seen.struck ? 'wrong' : 'done'}
              title={t(seen.struck ? 'verify.struck' : 'verify.genuine', { office: seen.office[lang] })}
            />
            <Facts
              items={[
                { name: t('verify.number'), value: seen.number },
                { name: t('paper.title'), value: seen.title[lang] },
                { name: t('verify.office'), value: seen.office[lang] },
                { name: t('course.day'), value: seen.on },
                { name: 'SHA-256 (Word)', value: <code className={css.address}>{seen.sha256}</code> },
                {
                  name: 'SHA-256 (PDF)',
                  value: seen.pdf !== null && <code className={css.address}>{seen.pdf}</code>,
                },
              ]}
            />
            <p className={css.muted}>{t('verify.hash')}</p>
          </section>
        )}
      </FormColumn>
    </article>
  );
}
