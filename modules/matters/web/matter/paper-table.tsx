import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatMoment, sizeText } from '#shell/format';
import { useLang } from '#shell/i18n';
import { strikePaper } from '../../contract.ts';
import { MadeWith } from '../documents/made-with.tsx';
import { PaperPdf } from '../documents/paper-pdf.tsx';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { PaperLink } from './paper-link.tsx';
import { ServeDialog } from './serve-dialog.tsx';
import { useEntering } from './use-entering.ts';

/** The papers of a matter with their hashes; what was struck out stays, with the reason. */
export function PaperTable({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const enter = useEntering();
  const lang = useLang();
  const [striking, setStriking] = useState<number | null>(null);
  const [serving, setServing] = useState<number | null>(null);
  if (matter.papers.length === 0) return <p className={css.muted}>{t('noPapers')}</p>;
  return (
    <ScrollBox label={t('matterPapers')}>
      <table className={css.steps}>
        <Heads columns={['paper.no', 'paper.title', 'paper.file', 'paper.by', 'course.day']} />
        <tbody>
          {matter.papers.map((paper) => (
            <tr key={paper.no} data-struck={paper.struck !== null} className={css.paperRow}>
              <td data-label={t('paper.no')}>{paper.no}</td>
              <th scope="row">
                <span className={css.paperTitle}>{paper.title[lang]}</span>
                {paper.number && (
                  <span className={css.purpose}>
                    {t('paper.number', { number: paper.number, code: paper.code ?? '' })}
                  </span>
                )}
                <MadeWith template={paper.template} />
                {paper.served.map((one) => (
                  <span key={`${one.party} ${one.on} ${one.how}`} className={css.purpose}>
                    {t('paper.served', { on: one.on, name: one.name, how: t(`serve.${one.how}`) })}
                    {one.openedAt !== null && t('paper.opened', { at: formatMoment(one.openedAt) })}
                  </span>
                ))}
                {paper.struck && (
                  <span className={css.purpose}>
                    {t(paper.struck.by ? 'paper.struck' : 'paper.struckOut', paper.struck)}
                  </span>
                )}
              </th>
              <td data-label={t('paper.file')}>
                {paper.file ? (
                  <>
                    <span className={css.fileLink}>
                      <PaperLink number={matter.number} no={paper.no} name={paper.file.name} code={code} />
                    </span>
                    <span className={css.purpose}>
                      {t('paper.hash', {
                        size: sizeText(paper.file.size),
                        hash: paper.file.sha256.slice(0, 16),
                      })}
                    </span>
                    {paper.pdf && (
                      <PaperPdf number={matter.number} no={paper.no} pdf={paper.pdf} code={code} />
                    )}
                  </>
                ) : (
                  t(paper.struck ? 'paper.withheld' : 'paper.onPaper')
                )}
                {matter.abilities.strike && !paper.struck && (
                  <span className={`${css.strike} no-print`}>
                    <PlainButton onClick={() => setServing(paper.no)}>{t('serve.do')}</PlainButton>{' '}
                    <PlainButton onClick={() => setStriking(paper.no)}>{t('paper.strike')}</PlainButton>
                  </span>
                )}
              </td>
              <td data-label={t('paper.by')}>{paper.by.title[lang]}</td>
              <td className={css.day} data-label={t('course.day')}>
                {paper.on}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {serving !== null && (
        <ServeDialog matter={matter} no={serving} onDone={onDone} onClose={() => setServing(null)} />
      )}
      <ConfirmDialog
        open={striking !== null}
        title={t('paper.strikeTitle', { no: striking ?? 0 })}
        action={t('paper.strike')}
        danger
        reason={{ label: t('paper.reason'), min: 2 }}
        onConfirm={async (reason) =>
          onDone(
            await enter(strikePaper, {
              params: { number: matter.number, no: striking! },
              body: { version: matter.version, reason },
            }),
          )
        }
        onClose={() => setStriking(null)}
      >
        <p>{t('paper.strikeText')}</p>
      </ConfirmDialog>
    </ScrollBox>
  );
}
