import { useMutation } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useContext, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { SelectField, TextField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import {
  EXPORT_FIELDS,
  EXPORT_FORMATS,
  type ExportField,
  MOST_IN_REPORT,
  USUAL_EXPORT,
} from '../../contract/export.ts';
import type { PatentQuery } from '../../contract/search.ts';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import css from './export.module.css';
import { exportAddress, exportRequest, TABLES } from './export.ts';
import { fetchExport } from './fetch-export.ts';

/** Chooses the format and the columns of a download: of the whole result, or of the ticked publications. */
export function ExportDialog({
  query,
  total,
  numbers,
  onClose,
}: {
  query: PatentQuery;
  /** How many there are in the result. */
  total: number;
  /** Only these; absent: the whole result. */
  numbers?: readonly string[];
  onClose: () => void;
}) {
  const t = useText();
  const { Quota } = useContext(PatentSlots);
  const [format, setFormat] = useState<(typeof EXPORT_FORMATS)[number]>('xlsx');
  const [fields, setFields] = useState<readonly ExportField[]>(USUAL_EXPORT);
  const [title, setTitle] = useState('');
  const count = numbers?.length ?? total;
  const request = exportRequest(query, { format, fields, title }, numbers);
  const address = exportAddress(request);
  const tooMany = format === 'docx' && count > MOST_IN_REPORT;
  const nothing = tooMany || (TABLES.has(format) && fields.length === 0);
  const fetching = useMutation({ mutationFn: () => fetchExport(request), onSuccess: onClose });
  return (
    <Modal
      open
      onCancel={onClose}
      title={t(numbers ? 'export.titleSelected' : 'export.title', { count, total: formatNumber(count) })}
      width={680}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('export.cancel')}
        </Button>,
        address !== null ? (
          <Button
            key="go"
            type="primary"
            href={address}
            download
            disabled={nothing}
            onClick={() => setTimeout(onClose, 0)}
          >
            {t('export.go')}
          </Button>
        ) : (
          <Button
            key="go"
            type="primary"
            disabled={nothing}
            loading={fetching.isPending}
            onClick={() => fetching.mutate()}
          >
            {t('export.go')}
          </Button>
        ),
      ]}
    >
      <div className={css.body}>
        <SelectField
          label={t('export.format')}
          value={format}
          choices={EXPORT_FORMATS.map((one) => ({ value: one, label: t(`export.${one}`) }))}
          onChange={(value) => setFormat(EXPORT_FORMATS.find((one) => one === value) ?? 'xlsx')}
        />
        {format === 'docx' && (
          <TextField
            label={t('export.heading')}
            value={title}
            size={36}
            maxLength={200}
            onChange={setTitle}
          />
        )}
        {TABLES.has(format) && (
          <fieldset className={css.fields}>
            <legend>{t('export.fields')}</legend>
            {EXPORT_FIELDS.map((field) => (
              <label key={field}>
                <input
                  type="checkbox"
                  checked={fields.includes(field)}
                  onChange={(event) =>
                    setFields(
                      EXPORT_FIELDS.filter((f) => (f === field ? event.target.checked : fields.includes(f))),
                    )
                  }
                />
                {t(`export.field.${field}`)}
              </label>
            ))}
          </fieldset>
        )}
        {tooMany && (
          <Notice tone="attention">
            {t('export.tooMany', { most: formatNumber(MOST_IN_REPORT), total: formatNumber(count) })}
          </Notice>
        )}
        {Quota && <Quota feature="export" count={count} />}
        {fetching.error && <ErrorPanel error={fetching.error} what={t('export.what')} />}
        <p className={css.note}>{t(query.group ? 'export.noteFamilies' : 'export.note')}</p>
      </div>
    </Modal>
  );
}
