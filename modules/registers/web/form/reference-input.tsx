import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InputControl } from '#shell/components/record-form/control';
import { Suggest } from '#shell/components/record-form/suggest.tsx';
import { useRested } from '#shell/components/record-form/use-rested';
import { queryOf } from '#shell/query';
import { lookupEntries } from '../../contract.ts';
import { StateMark } from '../marks.tsx';
import { useText } from '../text.ts';
import css from './form.module.css';

/** Another entry, chosen by number or a part of its title; its title stands below once it is known. */
export function ReferenceInput({
  control,
  register,
  value,
  onChange,
}: {
  control: InputControl;
  register: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useText();
  const [typing, setTyping] = useState(false);
  const q = useRested(value.trim(), 250);
  const { data, isFetching } = useQuery({
    ...queryOf(lookupEntries, { params: { register }, query: { q } }, { interactive: false }),
    enabled: typing || q !== '',
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const entries = data?.entries ?? [];
  const chosen = entries.find((e) => e.no === value.trim());
  return (
    <span className={css.reference}>
      <Suggest
        control={control}
        value={value}
        asking={isFetching}
        suggestions={
          typing
            ? entries.map((e) => ({
                value: e.no,
                label: (
                  <>
                    <span className={css.no}>{e.no}</span> {e.title} <StateMark state={e.state} />
                  </>
                ),
              }))
            : []
        }
        onType={(text) => {
          setTyping(true);
          onChange(text);
        }}
        onPick={(no) => {
          setTyping(false);
          onChange(no);
        }}
        onLeave={() => setTyping(false)}
      />
      {chosen && !typing && <span className={css.chosen}>{t('reference.is', { title: chosen.title })}</span>}
    </span>
  );
}
