import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '#shell/components/page-header.tsx';
import { pathOf } from './columns.tsx';
import { Editor } from './editor.tsx';
import { useAll } from './records.ts';
import { useText } from './text.ts';
import { ownSource, type PartyDoc, type PartyKind } from './words.ts';

const firstName = { zh: '', en: '', from: null, to: null, source: ownSource, verified: false };

/** Adds a department that the city pack does not know. */
export function AddDepartmentPage() {
  const t = useText();
  return (
    <Adding
      kind="department"
      title={t('departments.add')}
      start={{ id: '', kind: 'department', names: [firstName], successors: [] }}
      back={<Link to="/admin/departments">{t('party.backDepartments')}</Link>}
    />
  );
}

/** Adds a region that the city pack does not know. */
export function AddRegionPage() {
  const t = useText();
  const city = useAll('region').find((r) => r.kind === 'city');
  if (!city) return null;
  return (
    <Adding
      kind="region"
      title={t('regions.add')}
      start={{
        id: '',
        kind: 'park',
        parent: city.id,
        names: [firstName],
        codes: [],
        successors: [],
        addressKeywords: [],
      }}
      back={<Link to="/admin/regions">{t('party.backRegions')}</Link>}
    />
  );
}

function Adding({
  kind,
  title,
  start,
  back,
}: {
  kind: PartyKind;
  title: string;
  start: PartyDoc;
  back: ReactNode;
}) {
  const navigate = useNavigate();
  const all = useAll(kind);
  return (
    <article>
      <PageHeader title={title} before={back} />
      <Editor
        kind={kind}
        start={start}
        version={undefined}
        all={all}
        onSaved={(record) =>
          void navigate({ to: pathOf[kind], params: { id: record.doc.id }, replace: true })
        }
        onCancel={() =>
          void navigate({ to: kind === 'department' ? '/admin/departments' : '/admin/regions' })
        }
      />
    </article>
  );
}
