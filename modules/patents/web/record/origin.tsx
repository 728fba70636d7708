import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { getPatentOrigin } from '../../contract/record.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

/** Where one field came from, and what others say. */
export interface FieldOrigin {
  field: string;
  source: string;
  licence: string;
  file: string;
  row: number;
  at: string;
  conflicts: readonly { source: string; value: string }[];
}

/** Origins by field while they are shown; null while nobody asked for them. */
export const Origins = createContext<ReadonlyMap<string, FieldOrigin> | null>(null);

/** Asks for the origins of a record once they are wanted. */
export function useOrigins(number: string, wanted: boolean) {
  const answer = useQuery({
    ...queryOf(getPatentOrigin, { params: { number } }),
    enabled: wanted,
  });
  return {
    error: answer.error,
    origins:
      wanted && answer.data
        ? new Map<string, FieldOrigin>(answer.data.fields.map((one) => [one.field, one]))
        : null,
  };
}

/** Under a field: source, file and row, and every other word for it. Nothing while origins are not shown. */
export function OriginNote({ field }: { field: string }) {
  const t = useText();
  const origin = useContext(Origins)?.get(field);
  if (!origin) return null;
  return (
    <span className={css.origin}>
      {t('origin.from', { source: origin.source, file: origin.file, row: formatNumber(origin.row) })}
      {origin.conflicts.map((c) => (
        <span key={`${c.source} ${c.value}`} className={css.conflict}>
          {t('origin.conflict', { source: c.source, value: c.value })}
        </span>
      ))}
    </span>
  );
}
