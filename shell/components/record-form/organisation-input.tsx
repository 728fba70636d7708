import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listOrganisations, ORGANISATIONS_READ } from '#modules/organisations/contract';
import { queryOf } from '../../query.ts';
import { useSession } from '../../session.ts';
import type { InputControl } from './control.ts';
import css from './record-form.module.css';
import { Suggest } from './suggest.tsx';
import { useRested } from './use-rested.ts';

/**
 * Name of an organisation, free text. Those who may see the organisations are offered what is known already; taking one
 * also tells its code.
 */
export function OrganisationInput({
  control,
  value,
  onChange,
  onCode,
}: {
  control: InputControl;
  value: string;
  onChange: (value: string) => void;
  onCode?: (code: string) => void;
}) {
  const session = useSession();
  const [typing, setTyping] = useState(false);
  const q = useRested(value.trim(), 250);
  const { data } = useQuery({
    ...queryOf(listOrganisations, { query: { q, limit: 8 } }, { interactive: false }),
    enabled: typing && q.length >= 2 && session.may(ORGANISATIONS_READ),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const known = typing ? (data?.organisations ?? []) : [];
  return (
    <Suggest
      control={control}
      value={value}
      free
      suggestions={known.map((o) => ({
        value: o.id,
        label: (
          <>
            {o.name} <span className={css.no}>{[o.code, o.region?.name].filter(Boolean).join(' · ')}</span>
          </>
        ),
      }))}
      onType={(text) => {
        setTyping(true);
        onChange(text);
      }}
      onPick={(id) => {
        const chosen = known.find((o) => o.id === id);
        setTyping(false);
        if (!chosen) return;
        onChange(chosen.name);
        if (chosen.code) onCode?.(chosen.code);
      }}
      onLeave={() => setTyping(false)}
    />
  );
}
