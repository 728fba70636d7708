import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { keyOf, queryOf } from '#shell/query';
import { getTemplate, listTemplates } from '../../contract.ts';
import css from '../matters.module.css';
import { type Template, useText } from '../text.ts';
import { useCalled } from './called.ts';
import { TagTable } from './tag-table.tsx';
import { UploadTemplate } from './upload-template.tsx';
import { VersionLinks } from './version-links.tsx';
import { UseTable, VersionTable } from './version-table.tsx';

/** One document's templates: the one in force, its versions, a new one, and the tags that may stand in it. */
export function TemplatePage() {
  const { item, document } = useParams({ strict: false }) as { item: string; document: string };
  const t = useText();
  const lang = useLang();
  const called = useCalled();
  const queries = useQueryClient();
  const asked = queryOf(getTemplate, { params: { item, document } });
  const found = useQuery(asked);
  const [added, setAdded] = useState<number | null>(null);
  const back = <Link to="/desk/templates">{t('template.title')}</Link>;
  if (found.error && !found.data)
    return (
      <article>
        <PageHeader before={back} title={t('template.title')} />
        <ErrorPanel error={found.error} what={t('template.title')} onRetry={() => void found.refetch()} />
      </article>
    );
  const seen = found.data;
  if (!seen) return <Skeleton rows={12} />;
  const take = (next: Template) => {
    queries.setQueryData(asked.queryKey, next);
    void queries.invalidateQueries({ queryKey: keyOf(listTemplates) });
  };
  return (
    <article>
      <PageHeader
        before={back}
        title={seen.document.title[lang]}
        subtitle={t('template.of', { item: seen.item.title[lang], office: seen.office[lang] })}
      />
      <section className={css.part}>
        <h2>{t('template.inForce')}</h2>
        <Facts
          items={[
            { name: t('template.form'), value: <strong>{called(seen.version)}</strong> },
            {
              name: t('template.since'),
              value: seen.use && t('template.byAt', { by: seen.use.by, at: formatMoment(seen.use.at) }),
            },
            { name: t('template.note'), value: seen.use?.note },
            {
              name: t('template.uploaded'),
              value:
                seen.uploaded &&
                t('template.byAt', { by: seen.uploaded.by, at: formatMoment(seen.uploaded.at) }),
            },
            { name: t('template.mark'), value: seen.document.mark },
          ]}
        />
        <p>
          <VersionLinks template={seen} version={seen.version} />
        </p>
      </section>
      <section className={css.part}>
        <h2>{t('template.change')}</h2>
        <ol className={css.conditions}>
          <li>{t('template.step1')}</li>
          <li>{t('template.step2')}</li>
          <li>{t('template.step3')}</li>
        </ol>
        {seen.toOther && <Notice tone="attention" title={t('template.toOther')} />}
        <UploadTemplate
          template={seen}
          onDone={(next, version) => {
            take(next);
            setAdded(version);
          }}
        />
      </section>
      <section className={css.part}>
        <h2>{t('template.versions')}</h2>
        <VersionTable template={seen} added={added} onDone={take} onAgain={() => void found.refetch()} />
      </section>
      {seen.uses.length > 0 && (
        <section className={css.part}>
          <h2>{t('template.uses')}</h2>
          <UseTable template={seen} />
        </section>
      )}
      <section className={css.part}>
        <h2>{t('template.tags')}</h2>
        <p className={css.muted}>{t('template.tagsHelp')}</p>
        <TagTable template={seen} />
      </section>
    </article>
  );
}
