import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { NowCell, ValidityCell } from './columns.tsx';
import { Editor } from './editor.tsx';
import css from './parties.module.css';
import { type PartyDetail, useAll, useRecord } from './records.ts';
import { PartySearch } from './search.ts';
import { useText } from './text.ts';
import { Timeline } from './timeline.tsx';
import { lastName, type PartyKind } from './words.ts';

/** One department: names and successors over time, changes, and the form. */
export function DepartmentPage() {
  return <PartyPage kind="department" />;
}

/** One region: names, codes and successors over time, changes, and the form. */
export function RegionPage() {
  return <PartyPage kind="region" />;
}

function PartyPage({ kind }: { kind: PartyKind }) {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const record = useRecord(kind, id);
  if (record.error && !record.data) return <ErrorPanel error={record.error} onRetry={record.refetch} />;
  if (!record.data) return <Skeleton rows={10} />;
  return <Loaded key={record.data.doc.id} kind={kind} record={record.data} />;
}

function Loaded({ kind, record }: { kind: PartyKind; record: PartyDetail }) {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const [search, setSearch] = usePageSearch(PartySearch);
  const [saved, setSaved] = useState<number | null>(null);
  const all = useAll(kind);
  const { view, doc } = record;
  const name = lang === 'zh' ? view.name : view.nameEn;
  const back =
    kind === 'department' ? (
      <Link to="/admin/departments">{t('party.backDepartments')}</Link>
    ) : (
      <Link to="/admin/regions">{t('party.backRegions')}</Link>
    );
  const nameOf = (other: string) => all.find((o) => o.id === other)?.name ?? other;

  if (search.edit && record.abilities.edit)
    return (
      <article>
        <PageHeader
          title={t('edit.title', { name: lastName(doc) })}
          before={back}
          subtitle={t('edit.text')}
        />
        <Editor
          kind={kind}
          start={doc}
          version={view.version}
          all={all}
          onSaved={(done) => {
            setSaved(done.view.version);
            setSearch({ edit: undefined });
          }}
          onCancel={() => setSearch({ edit: undefined })}
        />
      </article>
    );
  return (
    <article>
      <PageHeader
        title={name}
        before={back}
        subtitle={<ValidityCell view={view} asOf={record.asOf} />}
        actions={
          record.abilities.edit && (
            <Button
              type="primary"
              onClick={() => {
                setSaved(null);
                void navigate({ to: '.', search: { edit: 'true' } as never });
              }}
            >
              {t('party.edit')}
            </Button>
          )
        }
      />
      {saved !== null && <Notice tone="done" title={t('party.saved', { version: saved })} />}
      <Facts
        items={[
          { name: t('party.id'), value: <code>{view.id}</code> },
          { name: t('party.kind'), value: t(`kind.${view.kind}`) },
          { name: t('party.region'), value: 'region' in view && view.region },
          {
            name: t('party.parent'),
            value: 'parent' in view && view.parent ? nameOf(view.parent) : null,
          },
          {
            name: t('list.code'),
            value: 'codes' in view && (view.code ?? t('list.noCode')),
          },
          {
            name: t('party.members'),
            value:
              'members' in view && view.members.length > 0 && view.members.map(nameOf).join(t('list.comma')),
          },
          {
            name: t('party.now'),
            value: view.now.some((n) => n.id !== view.id) && <NowCell kind={kind} view={view} />,
          },
          { name: t('party.note'), value: view.note },
          { name: t('list.origin'), value: t(`origin.${view.origin}`) },
        ]}
      />
      <section className={css.section}>
        <h2>{t('party.timeline')}</h2>
        <Timeline kind={kind} doc={doc} all={all} />
      </section>
      <section className={css.section}>
        <h2>{t('party.history')}</h2>
        <ol className={css.timeline}>
          {record.history
            .toSorted((a, b) => b.version - a.version)
            .map((h) => (
              <li key={h.version}>
                <span>{t('party.version', { version: h.version })}</span>
                <div>
                  {t('party.byAt', { by: h.by, at: formatMoment(h.at) })}
                  <span className={css.sub}>{t(`origin.${h.origin}`)}</span>
                </div>
              </li>
            ))}
        </ol>
      </section>
    </article>
  );
}
