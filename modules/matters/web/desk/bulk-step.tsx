import { useQueries } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { call } from '#shell/api';
import { SelectField } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { uuid } from '#shell/uuid';
import { actOnMatter, getMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, type Row, useText } from '../text.ts';
import type { Deed } from './bulk.tsx';

type Next = Matter['next'][number];

/**
 * Takes one step in all ticked matters, today: one that can be taken in each of them now, and needs nothing that is particular to one, such
 * as a paper that must be there. A document that the platform makes says the same in each, to each applicant by name.
 */
export function BulkStep({ chosen, onStart }: { chosen: readonly Row[]; onStart: (deed: Deed) => void }) {
  const t = useText();
  const lang = useLang();
  const [step, setStep] = useState<string>();
  const [note, setNote] = useState('');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  /** One key for each intended step, over every try: a lost answer is found again instead of doing it twice. */
  const keys = useRef(new Map<string, string>());
  const { matters, failed, waiting } = useQueries({
    queries: chosen.map(({ number }) => queryOf(getMatter, { params: { number } })),
    combine: (found) => ({
      matters: found.flatMap(({ data }) => (data ? [data] : [])),
      failed: found.some(({ error }) => error !== null),
      waiting: found.some(({ isPending }) => isPending),
    }),
  });
  if (failed) return <p className={css.muted}>{t('bulk.unread')}</p>;
  if (waiting) return <p className={css.muted}>{t('bulk.looking', { count: String(chosen.length) })}</p>;
  const steps = commonSteps(matters);
  const taken = steps.find(({ id }) => id === step);
  if (steps.length === 0) return <p className={css.muted}>{t('bulk.noStep')}</p>;
  const letters = taken?.papers.filter(({ makes, to }) => makes && to !== '') ?? [];
  const keyOf = (row: Row, content: object) => {
    const of = JSON.stringify([row.number, row.version, content]);
    const key = keys.current.get(of) ?? uuid();
    keys.current.set(of, key);
    return key;
  };
  const start = (action: Next) =>
    onStart({
      title: action.title[lang],
      each: (row) => {
        const papers = letters.flatMap(({ id }) =>
          texts[id]?.trim() ? [{ what: id, file: null, text: texts[id] }] : [],
        );
        const content = { action: action.id, note, papers };
        return call(actOnMatter, {
          params: { number: row.number, action: action.id },
          body: { version: row.version, idempotencyKey: keyOf(row, content), note, papers },
        });
      },
    });
  return (
    <>
      <SelectField
        label={t('bulk.which')}
        value={step}
        all={t('choose')}
        choices={steps.map(({ id, title }) => ({ value: id, label: title[lang] }))}
        onChange={setStep}
      />
      {taken && (
        <div className={css.bulkStep}>
          {taken.when && <p className={css.purpose}>{t('act.when', { when: taken.when[lang] })}</p>}
          {letters.map(({ id, title }) => (
            <FormField key={id} id={`bulk-${id}`} label={title[lang]} help={t('bulk.letter')}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  rows={5}
                  maxLength={20_000}
                  value={texts[id] ?? ''}
                  onChange={(event) => setTexts((before) => ({ ...before, [id]: event.target.value }))}
                />
              )}
            </FormField>
          ))}
          <FormField id="bulk-note" label={t('act.note')} help={t('bulk.note')}>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={2}
                maxLength={4000}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </FormField>
          <Button type="primary" onClick={() => start(taken)}>
            {t('bulk.take', { title: taken.title[lang], count: String(chosen.length) })}
          </Button>
        </div>
      )}
    </>
  );
}

/** Steps that may be taken in all of some matters of one item at once. */
function commonSteps(matters: readonly Matter[]): Next[] {
  const [first, ...others] = matters;
  if (!first || others.some(({ item }) => item.id !== first.item.id)) return [];
  const alike = ({ id, title }: Next, matter: Matter) =>
    matter.abilities.act.includes(id) &&
    matter.next.some((one) => one.id === id && one.title.zh === title.zh && plain(matter, one));
  return first.next.filter((step) => matters.every((matter) => alike(step, matter)));
}

/** Does a step need nothing that is particular to one matter: a paper, the sum of a reward, a text to be published? */
function plain({ reward, publication }: Matter, { id, papers }: Next): boolean {
  const own = reward?.propose === id || reward?.grant === id || publication !== null;
  return !own && !papers.some(({ required }) => required);
}
