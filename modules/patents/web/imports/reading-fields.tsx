import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call } from '#shell/api';
import { FieldRow, SelectField } from '#shell/components/fields.tsx';
import { queries, queryOf } from '#shell/query';
import { deleteMapping, type ImportPreview, listMappings, previewImport } from '../../contract.ts';
import type { ImportsSearch } from '../address.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import type { Reading } from './prepare.ts';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const DELIMITER_NAMES = {
  ',': 'delimiter.comma',
  ';': 'delimiter.semicolon',
  '\t': 'delimiter.tab',
  '|': 'delimiter.bar',
} as const;

/** What was recognised (sheet, encoding, delimiter) and can be set otherwise; and the remembered mappings. */
export function ReadingFields({
  preview,
  reading,
  onChange,
}: {
  preview: ImportPreview;
  reading: Reading;
  onChange: (change: Partial<ImportsSearch>) => void;
}) {
  const t = useText();
  const saved = useQuery({ ...queryOf(listMappings, {}), staleTime: 0 }).data?.mappings ?? [];
  const { remembered, encoding, delimiter } = preview;
  return (
    <div className={css.reading}>
      <FieldRow label={t('reading.label')}>
        {preview.sheets.length > 0 && (
          <SelectField
            label={t('reading.sheet')}
            value={preview.sheet ?? undefined}
            choices={preview.sheets.map((value) => ({ value, label: value }))}
            onChange={(sheet) => onChange({ sheet })}
          />
        )}
        {encoding !== null && preview.format === 'csv' && (
          <SelectField
            label={t(reading.encoding ? 'reading.encoding' : 'reading.encodingFound')}
            value={encoding}
            choices={[...new Set([...ENCODINGS, encoding])].map((value) => ({
              value,
              label: value.toUpperCase(),
            }))}
            onChange={(value) => onChange({ encoding: value })}
          />
        )}
        {delimiter !== null && (
          <SelectField
            label={t(reading.delimiter ? 'reading.delimiter' : 'reading.delimiterFound')}
            value={delimiter}
            choices={DELIMITERS.map((value) => ({ value, label: t(DELIMITER_NAMES[value]) }))}
            onChange={(value) => onChange({ delimiter: value })}
          />
        )}
        {saved.length > 0 && (
          <SelectField
            label={t('reading.mapping')}
            value={remembered?.id}
            all={t('reading.byHeads')}
            choices={saved.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(mapping) => onChange({ mapping })}
          />
        )}
        {remembered && <Forget mapping={remembered} onForgotten={() => onChange({ mapping: undefined })} />}
      </FieldRow>
    </div>
  );
}

function Forget({
  mapping,
  onForgotten,
}: {
  mapping: { id: string; name: string };
  onForgotten: () => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const forget = useMutation({
    mutationFn: () => call(deleteMapping, { params: { id: mapping.id } }),
    onSuccess: async () => {
      onForgotten();
      await queries.invalidateQueries({ queryKey: [listMappings.path] });
      await queries.invalidateQueries({ queryKey: [previewImport.path] });
    },
  });
  return (
    <>
      <Button type="text" onClick={() => setAsking(true)}>
        {t('reading.forget')}
      </Button>
      {asking && (
        <Suspense>
          <ConfirmDialog
            open
            danger
            title={t('reading.forgetTitle', { name: mapping.name })}
            action={t('reading.forget')}
            onConfirm={() => forget.mutateAsync()}
            onClose={() => setAsking(false)}
          >
            <p>{t('reading.forgetText')}</p>
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
