import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatNumber, formatShare } from '#shell/format';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { type Applicant, getApplicant } from '../../contract/applicants.ts';
import { PATENTS_APPLICANTS } from '../../contract/permissions.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import css from './applicants.module.css';
import { Names } from './names.tsx';
import { PortfolioSection } from './portfolio.tsx';

const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }));

/** One applicant: what it holds, its names, which organisation it is and where. */
export function ApplicantPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(getApplicant, { params: { id } }));
  const head = found.data?.id;
  useEffect(() => {
    // Any of its names leads here; the one that stands for all stays in the address.
    if (head && head !== id)
      void navigate({ to: '/patents/applicants/$id', params: { id: head }, replace: true });
  }, [head, id, navigate]);
  if (found.error && !found.data)
    return (
      <>
        <PageHeader title={t('applicants.title')} before={<Back />} />
        <ErrorPanel error={found.error} what={t('applicants.what')} onRetry={() => void found.refetch()} />
      </>
    );
  if (!found.data) return <PageWait />;
  return <Page applicant={found.data} />;
}

function Page({ applicant }: { applicant: Applicant }) {
  const t = useText();
  const [merging, setMerging] = useState(false);
  const may = useSession().may(PATENTS_APPLICANTS);
  return (
    <article>
      <PageHeader
        title={applicant.name}
        before={<Back />}
        actions={
          <>
            <Link
              className={css.action}
              to="/patents"
              search={{ q: `ANC="${applicant.name.replaceAll('"', ' ')}"` } as never}
            >
              {t('applicant.search')}
            </Link>
            {may && <Button onClick={() => setMerging(true)}>{t('applicant.merge')}</Button>}
          </>
        }
      />
      <About applicant={applicant} />
      <PortfolioSection id={applicant.id} />
      <Names applicant={applicant} />
      <Suspense>
        {merging && <MergeDialog applicant={applicant} onClose={() => setMerging(false)} />}
      </Suspense>
    </article>
  );
}

function Back() {
  const t = useText();
  return <Link to="/patents/applicants">{t('applicants.title')}</Link>;
}

function About({ applicant: { organisation, place, records } }: { applicant: Applicant }) {
  const t = useText();
  const { nameOf } = useRegions();
  return (
    <Facts
      items={[
        { name: t('applicant.records'), value: t('applicant.recordsUnit', { count: formatNumber(records) }) },
        {
          name: t('applicant.organisation'),
          value: !organisation ? (
            <span className={css.muted}>{t('applicant.noOrganisation')}</span>
          ) : organisation.page ? (
            <Link to="/organisations/$id" params={{ id: organisation.id }}>
              {organisation.name}
            </Link>
          ) : (
            organisation.name
          ),
        },
        {
          name: t('applicant.place'),
          value: !place ? (
            <span className={css.muted}>{t('applicant.noPlace')}</span>
          ) : (
            <>
              {place.region === '' ? t('region.outside') : nameOf(place.region)}
              <span className={css.aside}>
                {[
                  place.code && t('applicant.code', { code: place.code }),
                  t('applicant.confidence', { share: formatShare(place.confidence) }),
                ]
                  .filter(Boolean)
                  .join(t('listSemicolon'))}
              </span>
              {place.differs && (
                <span className={css.warn}>{t('applicant.differs', { region: nameOf(place.differs) })}</span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
