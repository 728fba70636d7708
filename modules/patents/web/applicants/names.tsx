import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { useSession } from '#shell/session';
import { type Applicant, type ApplicantLink, undoApplicantLink } from '../../contract/applicants.ts';
import { PATENTS_APPLICANTS } from '../../contract/permissions.ts';
import { useText } from '../text.ts';
import css from './applicants.module.css';
import { useRefreshApplicants } from './refresh.ts';
import { useRuleWords } from './rule-words.ts';

/** All names of an applicant with the reason for each; whoever may takes them apart again. */
export function Names({ applicant }: { applicant: Applicant }) {
  const t = useText();
  const words = useRuleWords();
  const refresh = useRefreshApplicants();
  const may = useSession().may(PATENTS_APPLICANTS);
  const [undoing, setUndoing] = useState<ApplicantLink | null>(null);
  const active = new Map(
    applicant.links.filter((link) => link.state === 'active').map((link) => [link.member.id, link]),
  );
  const ended = applicant.links.filter((link) => link.state === 'undone' || link.state === 'declined');
  return (
    <section className={css.section} aria-labelledby="names">
      <h2 id="names">{t('applicant.names')}</h2>
      <p className={css.note}>{t('applicant.namesNote')}</p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('applicants.name')}</th>
            <th scope="col">{t('applicants.rule')}</th>
            <th scope="col" className={css.figure}>
              {t('applicants.records')}
            </th>
            {may && <td />}
          </tr>
        </thead>
        <tbody>
          {applicant.names.map((name) => {
            const link = active.get(name.id);
            return (
              <tr key={name.id}>
                <th scope="row">{name.name}</th>
                <td>
                  {link ? (
                    <>
                      {words(link)}
                      <span className={css.aside}>
                        {[link.madeBy, formatMoment(link.madeAt)].filter(Boolean).join(t('listComma'))}
                      </span>
                    </>
                  ) : (
                    <span className={css.muted}>{t('applicant.head')}</span>
                  )}
                </td>
                <td className={css.figure}>{formatNumber(name.records)}</td>
                {may && (
                  <td className={css.figure}>
                    {link && (
                      <Button size="small" onClick={() => setUndoing(link)}>
                        {t('applicant.undo')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {ended.length > 0 && (
        <details className={css.ended}>
          <summary>{t('applicant.undone', { count: ended.length })}</summary>
          <ul>
            {ended.map((link) => (
              <li key={link.id}>
                {t('applicant.undoneLine', {
                  member: link.member.name,
                  head: link.head.name,
                  state: t(link.state === 'declined' ? 'link.declined' : 'link.undone'),
                  by: link.decidedBy ?? '',
                  at: link.decidedAt ? formatMoment(link.decidedAt) : '',
                  reason: link.decisionReason ?? '',
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ConfirmDialog
        open={undoing !== null}
        title={t('applicant.undoTitle')}
        action={t('applicant.undo')}
        reason={{ label: t('applicant.reason'), min: 2 }}
        onConfirm={async (reason) => {
          await call(undoApplicantLink, { params: { id: undoing!.id }, body: { reason } });
          await refresh();
        }}
        onClose={() => setUndoing(null)}
      >
        <p>{undoing && t('applicant.undoText', { member: undoing.member.name, head: undoing.head.name })}</p>
      </ConfirmDialog>
    </section>
  );
}
