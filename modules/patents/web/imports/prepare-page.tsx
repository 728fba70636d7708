import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, FormField, type FormIssue, FormIssues, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { sizeText } from '#shell/format';
import { queries } from '#shell/query';
import { type ColumnMapping, createImport, type ImportPreview, listImports } from '../../contract.ts';
import type { ImportsSearch } from '../address.ts';
import { useText } from '../text.ts';
import { keepBefore, readBefore } from './effects.ts';
import css from './imports.module.css';
import { LoadFields } from './load-fields.tsx';
import { missingOf } from './mapping.ts';
import { MappingTable } from './mapping-table.tsx';
import { previewQuery, type Reading, readingForm } from './prepare.ts';
import { PreviewRows } from './preview-rows.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { useFormatWord } from './words.ts';

/** A file that is on the server: how it is read, which column is what, and the start. */
export function Prepare({
  reading,
  onChange,
}: {
  reading: Reading;
  onChange: (change: Partial<ImportsSearch>) => void;
}) {
  const t = useText();
  const preview = useQuery<ImportPreview, ApiError>({
    ...previewQuery(reading),
    placeholderData: (before) => (before?.fileId === reading.file ? before : undefined),
  });
  const asUploaded = { sheet: undefined, encoding: undefined, delimiter: undefined, mapping: undefined };
  const { sheet, encoding, delimiter, mapping } = reading;
  const chosen = [sheet, encoding, delimiter, mapping].some((value) => value !== undefined);
  const back = (
    <Link to="/patents/imports" activeOptions={{ exact: true }}>
      {t('imports.title')}
    </Link>
  );
  if (preview.error)
    return (
      <article>
        <PageHeader title={t('prepare.title')} before={back} />
        <ErrorPanel
          error={preview.error}
          what={t('prepare.look')}
          onRetry={preview.error.passing ? () => void preview.refetch() : undefined}
        />
        <div className={css.buttons}>
          {chosen && <Button onClick={() => onChange(asUploaded)}>{t('prepare.asUploaded')}</Button>}
          <Link to="/patents/imports">{t('prepare.otherFile')}</Link>
        </div>
      </article>
    );
  if (!preview.data)
    return (
      <article>
        <PageHeader title={t('prepare.title')} before={back} />
        <Skeleton rows={10} />
      </article>
    );
  return (
    <article aria-busy={preview.isPlaceholderData} className={css.prepare}>
      <Ready
        // What was changed by hand belongs to one way of reading the file.
        key={JSON.stringify([reading, preview.data.remembered?.id, preview.isPlaceholderData])}
        preview={preview.data}
        reading={reading}
        onChange={onChange}
      />
    </article>
  );
}

function Ready({
  preview,
  reading,
  onChange,
}: {
  preview: ImportPreview;
  reading: Reading;
  onChange: (change: Partial<ImportsSearch>) => void;
}) {
  const t = useText();
  const formatWord = useFormatWord();
  const navigate = useNavigate();
  const [edits, setEdits] = useState<ColumnMapping>({});
  const [source, setSource] = useState(reading.source);
  const [label, setLabel] = useState('');
  const [name, setName] = useState(preview.remembered?.name ?? '');
  const [tried, setTried] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const table = preview.format !== 'jsonl';
  const heads = preview.header.filter((head) => head !== '');
  const mapping: ColumnMapping = Object.fromEntries(
    heads.map((head) => [head, edits[head] === undefined ? (preview.mapping[head] ?? null) : edits[head]]),
  );
  const missing = table ? missingOf(mapping) : [];
  const issues = missing.map((one): FormIssue => {
    return { field: 'mapping-0', label: t(`prepare.missing.${one}`), message: t('prepare.missingHow') };
  });

  async function start() {
    setTried(tried + 1);
    if (missing.length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const before = await readBefore();
      const form = readingForm({ ...reading, mapping: undefined });
      if (source) form.append('source', source);
      if (label.trim() !== '') form.append('label', label.trim());
      if (table) form.append('mapping', JSON.stringify(mapping));
      if (table && name.trim() !== '') form.append('mappingName', name.trim());
      const created = await call(createImport, { form });
      keepBefore(created.id, before);
      void queries.invalidateQueries({ queryKey: [listImports.path] });
      await navigate({ to: '/patents/imports/$id', params: { id: created.id }, replace: true });
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  return (
    <>
      <PageHeader
        title={t('prepare.titleOf', { name: preview.file })}
        before={
          <Link to="/patents/imports" activeOptions={{ exact: true }}>
            {t('imports.title')}
          </Link>
        }
        subtitle={`${formatWord(preview.format)} · ${sizeText(preview.size)}`}
        actions={<Link to="/patents/imports">{t('prepare.otherFile')}</Link>}
      />
      <FormIssues issues={tried > 0 ? issues : []} shown={tried} />
      <LoadFields source={source} label={label} onSource={setSource} onLabel={setLabel} />
      {table ? (
        <>
          <ReadingFields preview={preview} reading={reading} onChange={onChange} />
          {preview.remembered && (
            <Notice tone="done" title={t('prepare.remembered', { name: preview.remembered.name })}>
              <p>{t('prepare.rememberedHow')}</p>
            </Notice>
          )}
          <section className={css.section} aria-labelledby="mapping">
            <h2 id="mapping">{t('prepare.mapping')}</h2>
            <p className={css.note}>{t('prepare.mappingHow')}</p>
            <MappingTable
              preview={preview}
              mapping={mapping}
              onChange={(head, field) => setEdits({ ...edits, [head]: field })}
            />
          </section>
          <PreviewRows preview={preview} />
          <div className={css.section}>
            <FormColumn>
              <FormField id="mapping-name" label={t('prepare.name')} help={t('prepare.nameHelp')}>
                {(control) => (
                  <input
                    {...control}
                    className={css.input}
                    value={name}
                    maxLength={100}
                    placeholder={heads.slice(0, 3).join(t('listComma'))}
                    onChange={(event) => setName(event.target.value)}
                  />
                )}
              </FormField>
            </FormColumn>
          </div>
        </>
      ) : (
        <Notice title={t('prepare.jsonl')}>
          <p>{t('prepare.jsonlHow')}</p>
        </Notice>
      )}
      {failure !== null && <ErrorPanel error={failure} what={t('prepare.start')} />}
      <div className={css.startBar}>
        <Button type="primary" loading={busy} onClick={() => void start()}>
          {t('prepare.start')}
        </Button>
        <span className={css.muted}>
          {missing.length > 0
            ? t('prepare.notYet', {
                missing: missing.map((one) => t(`prepare.missing.${one}`)).join(t('listComma')),
              })
            : t('prepare.can')}
        </span>
      </div>
    </>
  );
}
