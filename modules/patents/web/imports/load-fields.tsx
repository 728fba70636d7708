import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FieldRow, SelectField, TextField } from '#shell/components/fields.tsx';
import { queryOf } from '#shell/query';
import { listSources } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { useSourceName } from './words.ts';

/** Sources that the platform itself speaks for: the usual one is meant by choosing none. */
const OWN = new Set(['file', 'demo']);

/** Whose data a file holds, and what this load is called among the loads of that source. */
export function LoadFields({
  source,
  label,
  onSource,
  onLabel,
}: {
  source: string | undefined;
  label: string;
  onSource: (source: string | undefined) => void;
  onLabel: (label: string) => void;
}) {
  const t = useText();
  const nameOf = useSourceName();
  const sources = (useQuery(queryOf(listSources, {})).data?.sources ?? []).filter(({ key }) => !OWN.has(key));
  return (
    <div className={css.reading}>
      <FieldRow label={t('load.fields')}>
        <SelectField
          label={t('load.source')}
          value={sources.some(({ key }) => key === source) ? source : undefined}
          all={t('load.noSource')}
          choices={sources.map((one) => ({ value: one.key, label: nameOf(one) }))}
          onChange={onSource}
        />
        <TextField
          label={t('load.label')}
          value={label}
          size={18}
          maxLength={100}
          placeholder={t('load.labelExample')}
          onChange={onLabel}
        />
        <Link to="/patents/imports/sources">{t('sources.title')}</Link>
      </FieldRow>
    </div>
  );
}
