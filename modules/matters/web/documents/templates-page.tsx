import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { listTemplates } from '../../contract.ts';
import css from '../matters.module.css';
import { type TemplateLine, useText } from '../text.ts';
import { useCalled } from './called.ts';

/** Documents that the platform makes in the items of an office, with the template that each is made with. */
export function TemplatesPage() {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const called = useCalled();
  const list = useQuery(queryOf(listTemplates, {}));
  const documents = list.data?.documents;
  const paramsOf = ({ item, document }: TemplateLine) => ({ item: item.id, document: document.id });
  return (
    <article>
      <PageHeader
        before={<Link to="/desk">{t('desk.title')}</Link>}
        title={t('template.title')}
        subtitle={t('template.subtitle')}
      />
      <DataTable<TemplateLine>
        caption={t('template.title')}
        rows={documents}
        {...(documents && { total: documents.length })}
        rowKey={({ item, document }) => `${item.id} ${document.id}`}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('template.none')}</p>}
        onOpen={(row) => void navigate({ to: '/desk/templates/$item/$document', params: paramsOf(row) })}
        columns={[
          {
            id: 'document',
            title: t('template.document'),
            cell: (row) => (
              <>
                <Link to="/desk/templates/$item/$document" params={paramsOf(row)}>
                  {row.document.title[lang]}
                </Link>
                <span className={css.purpose}>{row.item.title[lang]}</span>
              </>
            ),
          },
          { id: 'mark', title: t('template.mark'), width: 140, cell: ({ document }) => document.mark },
          {
            id: 'force',
            title: t('template.inForce'),
            width: 340,
            cell: ({ version, use }) => (
              <>
                {called(version)}
                {use && (
                  <span className={css.purpose}>
                    {t('template.usedBy', { by: use.by, at: formatMoment(use.at), note: use.note })}
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
    </article>
  );
}
