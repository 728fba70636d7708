import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useRef, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, FormField, Notice } from '#shell/components/form.tsx';
import { formatNumber, formatShare } from '#shell/format';
import { queries } from '#shell/query';
import { getClass, listClassSchemes, loadClassFile, searchClasses } from '../../contract/classes.ts';
import { useText } from '../text.ts';
import css from './schemes.module.css';

/** Loads a file of a scheme as its office publishes it: edition and licence beside it. */
export function LoadScheme() {
  const t = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [version, setVersion] = useState('');
  const [licence, setLicence] = useState('');
  const [sent, setSent] = useState(0);
  const [tried, setTried] = useState(false);
  const load = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      // The server reads the fields before the file.
      if (version.trim() !== '') form.append('version', version.trim());
      if (licence.trim() !== '') form.append('licence', licence.trim());
      form.append('file', chosen, chosen.name);
      return call(loadClassFile, { form, onProgress: setSent });
    },
    onSuccess: () => {
      setFile(null);
      setVersion('');
      setTried(false);
      if (input.current) input.current.value = '';
      for (const { path } of [listClassSchemes, getClass, searchClasses])
        void queries.invalidateQueries({ queryKey: [path] });
    },
  });
  const done = load.data;
  return (
    <section className={css.section} aria-labelledby="load">
      <h2 id="load" className={css.heading}>
        {t('scheme.load')}
      </h2>
      {done && !load.isPending && (
        <Notice tone={done.changed ? 'done' : 'info'}>
          <p>
            {t(done.changed ? 'scheme.loadDone' : 'scheme.loadSame', {
              name: done.file.name,
              rows: formatNumber(done.file.rows),
              version: done.file.version,
            })}
          </p>
        </Notice>
      )}
      {load.error && <ErrorPanel error={load.error} what={t('scheme.load')} />}
      <FormColumn>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (file) load.mutate(file);
            else input.current?.focus();
          }}
        >
          <FormField
            id={`${id}-file`}
            label={t('imports.file')}
            help={t('scheme.fileHelp')}
            required
            issues={tried && !file ? [t('scheme.needFile')] : []}
          >
            {(control) => (
              <div>
                <input
                  {...control}
                  ref={input}
                  type="file"
                  className="visually-hidden"
                  accept=".csv,.xml,.txt,.tsv,.zip"
                  onChange={(event) => setFile(event.target.files?.[0] ?? null)}
                />
                <label htmlFor={control.id} className={css.pick}>
                  {t('upload.choose')}
                </label>
                <span className={css.file}>{file?.name}</span>
              </div>
            )}
          </FormField>
          <FormField id={`${id}-version`} label={t('scheme.version')} help={t('scheme.versionHelp')}>
            {(control) => (
              <input
                {...control}
                className={css.input}
                autoComplete="off"
                maxLength={7}
                size={10}
                placeholder="2026.01"
                value={version}
                onChange={(event) => setVersion(event.target.value)}
              />
            )}
          </FormField>
          <FormField id={`${id}-licence`} label={t('load.licence')} help={t('scheme.licenceHelp')}>
            {(control) => (
              <input
                {...control}
                className={`${css.input} ${css.wide}`}
                autoComplete="off"
                maxLength={500}
                value={licence}
                onChange={(event) => setLicence(event.target.value)}
              />
            )}
          </FormField>
          <div className={css.tools}>
            <Button type="primary" htmlType="submit" loading={load.isPending}>
              {t('scheme.loadAction')}
            </Button>
            {load.isPending && (
              <span role="status" className={css.muted}>
                {sent < 1 ? t('scheme.sending', { share: formatShare(sent, 0) }) : t('scheme.reading')}
              </span>
            )}
          </div>
        </form>
      </FormColumn>
    </section>
  );
}
