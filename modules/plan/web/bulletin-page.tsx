import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type BulletinContent, bulletinDocx, bulletinXlsx, getBulletin } from '#modules/plan/contract';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { useTitle } from '#shell/components/page-header.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatLongDate, formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import css from './bulletin.module.css';
import { BulletinNotes } from './bulletin-notes.tsx';
import { BulletinOverview } from './bulletin-overview.tsx';
import { BulletinCounties, BulletinReasons, BulletinTable } from './bulletin-tables.tsx';
import { useText } from './text.ts';

/** The bulletin of a frozen year, laid out on screen as it prints. */
export function BulletinPage() {
  const t = useText();
  const lang = useLang();
  const { year, edition } = useParams({ strict: false }) as { year: string; edition: string };
  const params = { year, edition };
  const bulletin = useQuery({ ...queryOf(getBulletin, { params }), staleTime: 600_000 });
  useTitle(t('bulletins.name', { year }));
  if (bulletin.error && !bulletin.data)
    return (
      <>
        <p>
          <Link to="/bulletins">{t('bulletins.title')}</Link>
        </p>
        <ErrorPanel
          error={bulletin.error}
          what={t('bulletins.name', { year })}
          onRetry={() => void bulletin.refetch()}
        />
      </>
    );
  if (!bulletin.data) return <PageWait />;
  const { content, info, intact } = bulletin.data;
  const counties = content.counties.length > 0;
  return (
    <>
      <div className={`${css.bar} no-print`}>
        <Link to="/bulletins">{t('bulletins.title')}</Link>
        <span className={css.verdict} data-intact={intact}>
          {intact ? t('bulletin.intact') : t('bulletin.broken')}
        </span>
        <span className={css.actions}>
          <a href={fileUrl(bulletinDocx, { params })} download>
            {t('bulletin.docx')}
          </a>
          <a href={fileUrl(bulletinXlsx, { params })} download>
            {t('bulletin.xlsx')}
          </a>
          <PlainButton onClick={() => window.print()}>{t('bulletin.print')}</PlainButton>
        </span>
      </div>
      <article className={css.document}>
        <Sheet content={content}>
          <h1 className={css.title}>{t('bulletin.title', { city: content.city })}</h1>
          <p className={css.subtitle}>
            {t('bulletin.yearEdition', { year: content.year, edition: info.edition })}
            <br />
            {t('bulletin.asOf', { date: formatLongDate(content.asOf, lang) })}
            {info.publishedAt === null
              ? t('bulletin.unpublished')
              : t('bulletin.published', { date: formatLongDate(formatMoment(info.publishedAt), lang) })}
          </p>
          {info.reason && <p className={css.reason}>{t('bulletin.reason', { reason: info.reason })}</p>}
          <BulletinOverview content={content} />
        </Sheet>
        <Sheet content={content} lying>
          <BulletinTable content={content} />
          <BulletinReasons content={content} />
          {counties && <BulletinCounties content={content} />}
        </Sheet>
        <Sheet content={content}>
          <BulletinNotes data={bulletin.data} last={counties ? '5' : '4'} />
        </Sheet>
      </article>
    </>
  );
}

/** One sheet of A4, upright or lying, with the running head that official prints carry. */
function Sheet({
  content,
  lying,
  children,
}: {
  content: BulletinContent;
  lying?: boolean;
  children: ReactNode;
}) {
  const t = useText();
  // A platform that carries demonstration data marks every sheet, whatever an older freeze said.
  const { demo } = useSession();
  return (
    <div className={css.sheet} data-lying={lying ?? false}>
      <p className={css.running}>
        <span>{content.planTitle}</span>
        {(content.demo || demo) && <strong>{t('bulletin.demo')}</strong>}
      </p>
      {children}
    </div>
  );
}
