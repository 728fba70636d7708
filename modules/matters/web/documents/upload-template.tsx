import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { FormField, Notice } from '#shell/components/form.tsx';
import { sizeText } from '#shell/format';
import { uploadTemplate } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import css from '../matters.module.css';
import { type Template, useText } from '../text.ts';

/** Sends an edited template. Everything that is wrong with it is listed, with its place and how it is mended. */
export function UploadTemplate({
  template,
  onDone,
}: {
  template: Template;
  onDone: (template: Template, version: number) => void;
}) {
  const t = useText();
  const [name, setName] = useState('');
  const send = useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append('file', file, file.name);
      const params = { item: template.item.id, document: template.document.id };
      return call(uploadTemplate, { params, form });
    },
    onSuccess: (answer) => onDone(answer.template, answer.version),
  });
  const faults = send.error instanceof ApiError ? send.error.issues : [];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) list.current?.focus();
  }, [faults.length]);
  return (
    <>
      <FormField
        id="template-file"
        label={t('template.upload')}
        help={t('template.uploadHelp', { limit: sizeText(template.limit) })}
        required
      >
        {(control) => (
          <span className={css.pick}>
            <input
              {...control}
              className="visually-hidden"
              type="file"
              accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
              disabled={send.isPending}
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = '';
                if (!file) return;
                setName(file.name);
                send.mutate(file);
              }}
            />
            <label htmlFor={control.id}>{t('template.choose')}</label>
          </span>
        )}
      </FormField>
      <div aria-live="polite">
        {send.isPending && <p>{t('template.checking', { name })}</p>}
        {send.data && send.data.version !== template.version && (
          <Notice tone="done" title={t('template.kept', { name, version: send.data.version })}>
            <p>{t('template.keptNext')}</p>
          </Notice>
        )}
      </div>
      {faults.length > 0 ? (
        <div ref={list} tabIndex={-1} className={css.faults}>
          <Notice tone="wrong" title={t('template.faults', { name, count: faults.length })}>
            <ol>
              {faults.map((fault) => (
                <li key={fault.path}>{fault.message}</li>
              ))}
            </ol>
          </Notice>
        </div>
      ) : (
        <Failure error={send.error} />
      )}
    </>
  );
}
