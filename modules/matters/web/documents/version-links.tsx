import { fileUrl } from '#shell/api';
import { downloadTemplate, previewTemplate } from '../../contract.ts';
import css from '../matters.module.css';
import { type Template, useText } from '../text.ts';

/** A version of a template to download, and filled with examples to look at. */
export function VersionLinks({ template, version }: { template: Template; version: number }) {
  const t = useText();
  const params = { item: template.item.id, document: template.document.id, version };
  return (
    <span className={css.actions}>
      <a href={fileUrl(downloadTemplate, { params })}>{t('template.download')}</a>
      <a href={fileUrl(previewTemplate, { params, query: { form: 'docx' } })}>{t('template.example')}</a>
      {template.pdf && (
        <a href={fileUrl(previewTemplate, { params, query: { form: 'pdf' } })}>{t('template.examplePdf')}</a>
      )}
    </span>
  );
}
