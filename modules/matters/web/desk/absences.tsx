import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { call } from '#shell/api';
import { DayField, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import { keyOf, queryOf } from '#shell/query';
import { endAbsence, enterAbsence, getMatter, listAbsences, listMatters } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import css from '../matters.module.css';
import { useText } from '../text.ts';

type Answer = EndpointResponse<typeof listAbsences>;
type Absence = Answer['absences'][number];

/** Who of the office is away, from when to when, and who covers; entered and ended here. */
export function Absences() {
  const t = useText();
  const queries = useQueryClient();
  const asked = queryOf(listAbsences, {});
  const list = useQuery(asked);
  const take = (answer: Answer) => {
    queries.setQueryData(asked.queryKey, answer);
    for (const endpoint of [listMatters, getMatter])
      void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
  };
  const { absences = [], offices = [] } = list.data ?? {};
  const now = absences.filter((one) => one.now).length;
  return (
    <details className={css.dues}>
      <summary>{now > 0 ? t('absence.now', { count: String(now) }) : t('absence.title')}</summary>
      <p className={css.muted}>{t('absence.text')}</p>
      {absences.length > 0 && (
        <ul className={css.others}>
          {absences.map((absence) => (
            <One key={absence.id} absence={absence} office={offices.length > 1} onDone={take} />
          ))}
        </ul>
      )}
      {list.data && <EnterForm answer={list.data} onDone={take} />}
      <Failure error={list.error} />
    </details>
  );
}

function One({
  absence,
  office,
  onDone,
}: {
  absence: Absence;
  /** Is the office named? */
  office: boolean;
  onDone: (answer: Answer) => void;
}) {
  const t = useText();
  const lang = useLang();
  const end = useMutation({
    mutationFn: () => call(endAbsence, { params: { id: absence.id } }),
    onSuccess: onDone,
  });
  const { who, cover, from, to, now, ends } = absence;
  return (
    <li>
      {office && `${absence.office[lang]} `}
      {t('absence.one', { who: who.name, from, to, cover: cover.name })}{' '}
      {now && <span className={css.waits}>{t('absence.lasts')}</span>}{' '}
      {ends && (
        <PlainButton onClick={() => end.mutate()}>{t(now ? 'absence.end' : 'absence.drop')}</PlainButton>
      )}
      <Failure error={end.error} />
    </li>
  );
}

function EnterForm({ answer, onDone }: { answer: Answer; onDone: (answer: Answer) => void }) {
  const t = useText();
  const lang = useLang();
  const able = answer.offices.filter(({ enters }) => enters.length > 0);
  const [chosen, setChosen] = useState<string>();
  const [account, setAccount] = useState<string>();
  const [cover, setCover] = useState<string>();
  const [from, setFrom] = useState<string | undefined>(answer.today);
  const [to, setTo] = useState<string>();
  const office = able.find(({ id }) => id === chosen) ?? able[0];
  const who = office?.enters.length === 1 ? office.enters[0] : account;
  const enter = useMutation({
    mutationFn: () =>
      call(enterAbsence, {
        body: { office: office!.id, account: who!, cover: cover!, from: from!, to: to! },
      }),
    onSuccess: (next) => {
      setAccount(undefined);
      setCover(undefined);
      setTo(undefined);
      onDone(next);
    },
  });
  if (!office) return null;
  const choice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  const others = office.officers.filter(({ id }) => id !== who);
  if (office.officers.length < 2) return <p>{t('absence.alone')}</p>;
  return (
    <>
      <div className={css.next}>
        {able.length > 1 && (
          <SelectField
            label={t('keeper')}
            value={office.id}
            choices={able.map(({ id, name }) => ({ value: id, label: name[lang] }))}
            onChange={(next) => {
              setChosen(next);
              setAccount(undefined);
              setCover(undefined);
            }}
          />
        )}
        {office.enters.length > 1 && (
          <SelectField
            label={t('absence.who')}
            value={account}
            all={t('choose')}
            choices={office.officers.filter(({ id }) => office.enters.includes(id)).map(choice)}
            onChange={setAccount}
          />
        )}
        <DayField label={t('absence.from')} value={from} onChange={setFrom} />
        <DayField label={t('absence.to')} value={to} onChange={setTo} />
        <SelectField
          label={t('absence.cover')}
          value={cover}
          all={t('choose')}
          choices={others.map(choice)}
          onChange={setCover}
        />
        <Button
          disabled={!(who && cover && from && to)}
          loading={enter.isPending}
          onClick={() => enter.mutate()}
        >
          {t('absence.do')}
        </Button>
      </div>
      <Failure error={enter.error} />
    </>
  );
}
