import { useMutation } from '@tanstack/react-query';
import { callFile } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { download } from '#shell/csv';
import { useLang } from '#shell/i18n';
import { previewDocument } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** The real document before it is made: as Word file, and as PDF where there is LibreOffice. */
export function DocumentPreview({
  matter,
  paper,
  letter,
}: {
  matter: Matter;
  paper: Matter['next'][number]['papers'][number];
  letter: { text: string; to: string };
}) {
  const t = useText();
  const lang = useLang();
  const fetching = useMutation({
    mutationFn: async (form: 'docx' | 'pdf') => {
      const bytes = await callFile(previewDocument, {
        params: { number: matter.number },
        body: { what: paper.id, text: letter.text, to: letter.to, form },
      });
      download(t('letter.previewName', { title: paper.title[lang], ending: form }), bytes);
    },
  });
  return (
    <div className={css.previews}>
      <p className={css.muted}>
        {paper.template === null || paper.template === 0
          ? t('letter.ownForm')
          : t('letter.template', { version: paper.template })}
      </p>
      <span className={css.actions}>
        <PlainButton onClick={() => fetching.mutate('docx')}>{t('letter.previewDocx')}</PlainButton>
        {matter.previewsPdf && (
          <PlainButton onClick={() => fetching.mutate('pdf')}>{t('letter.previewPdf')}</PlainButton>
        )}
        <span role="status" className={css.muted}>
          {fetching.isPending && t('letter.previewing')}
        </span>
      </span>
      <Failure error={fetching.error} />
    </div>
  );
}
