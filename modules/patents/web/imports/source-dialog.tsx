import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useId, useState } from 'react';
import { ApiError, call, issuesAt } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormField, Notice } from '#shell/components/form.tsx';
import { changeSource, createSource, type PatentSource } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

const KEY = /^[a-z][a-z0-9-]{1,39}$/;
const FIELDS = ['nameZh', 'nameEn', 'licence', 'rank', 'key'] as const;
type Field = (typeof FIELDS)[number];

/** Adds a source, or changes one: its names, its licence, how far it is trusted. */
export function SourceDialog({
  source,
  onClose,
  onDone,
}: {
  /** Null: a new one. */
  source: PatentSource | null;
  onClose: () => void;
  /** `again`: the trust changed, so records are put together again. */
  onDone: (saved: PatentSource, again: boolean) => void;
}) {
  const t = useText();
  const id = useId();
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState<Record<Field, string>>({
    key: source?.key ?? '',
    nameZh: source?.nameZh ?? '',
    nameEn: source?.nameEn ?? '',
    licence: source?.licence ?? '',
    rank: String(source?.rank ?? 100),
  });
  const rank = /^\d{1,4}$/.test(typed.rank.trim()) ? Number(typed.rank) : 0;
  const save = useMutation({
    mutationFn: () => {
      const { key, nameZh, nameEn, licence } = typed;
      const body = { nameZh: nameZh.trim(), nameEn: nameEn.trim(), licence: licence.trim(), rank };
      return source
        ? call(changeSource, { params: { key: source.key }, body })
        : call(createSource, { body: { ...body, key: key.trim() } });
    },
    onSuccess: (saved) => onDone(saved, source !== null && source.loads > 0 && source.rank !== saved.rank),
  });
  const own: Partial<Record<Field, string>> = {
    ...(typed.nameZh.trim() === '' && { nameZh: t('sources.needName') }),
    ...(rank < 1 && { rank: t('sources.needRank') }),
    ...(!source && !KEY.test(typed.key.trim()) && { key: t('sources.needKey') }),
  };
  const issuesOf = (field: Field) => [
    ...(tried && own[field] ? [own[field]] : []),
    ...(save.error instanceof ApiError ? issuesAt(save.error, `/body/${field}`).map((i) => i.message) : []),
  ];
  const placed = FIELDS.some(
    (f) => save.error instanceof ApiError && issuesAt(save.error, `/body/${f}`).length > 0,
  );

  function send() {
    setTried(true);
    const wrong = FIELDS.find((field) => own[field] !== undefined);
    if (wrong) document.getElementById(`${id}-${wrong}`)?.focus();
    else save.mutate();
  }

  const field = (name: Field, options: { required?: boolean; most: number; help?: string }) => (
    <FormField
      id={`${id}-${name}`}
      label={t(`sources.${name}`)}
      help={options.help}
      issues={issuesOf(name)}
      required={options.required ?? false}
    >
      {(control) => (
        <input
          {...control}
          className={css.input}
          autoComplete="off"
          maxLength={options.most}
          inputMode={name === 'rank' ? 'numeric' : undefined}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </FormField>
  );

  return (
    <Modal
      open
      title={source ? t('sources.changeOf', { name: source.nameZh }) : t('sources.add')}
      okText={t(source ? 'sources.save' : 'sources.add')}
      cancelText={t('export.cancel')}
      confirmLoading={save.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {save.error && !placed && <ErrorPanel error={save.error} what={t('sources.title')} />}
        {field('nameZh', { required: true, most: 100 })}
        {field('nameEn', { most: 100 })}
        {!source && field('key', { required: true, most: 40, help: t('sources.keyHelp') })}
        {field('licence', { most: 500, help: t('sources.licenceHelp') })}
        {field('rank', { required: true, most: 4, help: t('sources.rankHelp') })}
        {source && source.loads > 0 && rank > 0 && rank !== source.rank && (
          <Notice tone="attention">
            <p>{t('sources.rankChanges')}</p>
          </Notice>
        )}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Modal>
  );
}
