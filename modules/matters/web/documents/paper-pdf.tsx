import { useMutation } from '@tanstack/react-query';
import { callFile, fileUrl } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { download } from '#shell/csv';
import { sizeText } from '#shell/format';
import { downloadPdf } from '../../contract.ts';
import { withCode } from '../matter/codes.ts';
import { Failure } from '../matter/failure.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** A made paper as PDF: where it is, to be read; else what became of it. */
export function PaperPdf({
  number,
  no,
  pdf,
  code,
}: {
  number: string;
  no: number;
  pdf: NonNullable<Matter['papers'][number]['pdf']>;
  code: string | undefined;
}) {
  const t = useText();
  const params = { number, no };
  const fetching = useMutation({
    mutationFn: async (name: string) =>
      download(name, await callFile(downloadPdf, { params, ...withCode(code) })),
  });
  if (pdf.state !== 'made') return <span className={css.purpose}>{t(`pdf.${pdf.state}`)}</span>;
  return (
    <span className={css.pdf}>
      {code === undefined ? (
        <a href={fileUrl(downloadPdf, { params })}>{t('pdf.read')}</a>
      ) : (
        <PlainButton onClick={() => fetching.mutate(pdf.name)}>{t('pdf.read')}</PlainButton>
      )}
      <span className={css.purpose}>
        {t('paper.hash', { size: sizeText(pdf.size), hash: pdf.sha256.slice(0, 16) })}
      </span>
      <Failure error={fetching.error} />
    </span>
  );
}
