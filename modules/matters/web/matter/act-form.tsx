import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { DayField, PlainButton, Toggle } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import type { FormValues } from '#shell/components/record-form/values';
import { useLang } from '#shell/i18n';
import { uuid } from '#shell/uuid';
import { actOnMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { RewardDecision, useRewardInsert } from '../reward/reward-decision.tsx';
import { RewardForm, useRewardInput } from '../reward/reward-form.tsx';
import { type Matter, useText } from '../text.ts';
import { withCode } from './codes.ts';
import { Failure } from './failure.tsx';
import { type GivenPaper, StepPaper } from './step-paper.tsx';

type Next = Matter['next'][number];

/** Takes the next step: which one, on which day, with which papers, and what is said with it. */
export function ActForm({
  matter,
  code,
  onDone,
  onAgain,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
  /** Looks at the matter again, after somebody else was first. */
  onAgain: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const now = matter.next.filter((one) => canTake(matter, one));
  const [chosen, setChosen] = useState<string>();
  // What was typed for each step stays while another one is looked at, or somebody else was first.
  const [typed, setTyped] = useState<Readonly<Record<string, StepInput>>>({});
  const step = now.find(({ id }) => id === chosen);
  return (
    <section className={`${css.part} no-print`}>
      <h2>{t('act.title')}</h2>
      <Waiting matter={matter} now={now} />
      {now.length > 0 ? (
        <fieldset className={css.choices}>
          <legend className="visually-hidden">{t('act.which')}</legend>
          {now.map((one) => (
            <Toggle
              key={one.id}
              pressed={one.id === chosen}
              onChange={(pressed) => setChosen(pressed ? one.id : undefined)}
            >
              {one.recorded
                ? t('act.recorded', { title: one.title[lang], by: one.by.title[lang] })
                : one.title[lang]}
            </Toggle>
          ))}
        </fieldset>
      ) : (
        <p className={css.muted}>{t('act.nothing')}</p>
      )}
      {step && (
        <StepForm
          key={step.id}
          matter={matter}
          code={code}
          step={step}
          input={
            typed[step.id] ?? {
              key: uuid(),
              // Nobody is led to a day on which it was not done.
              day: step.notAfter === null ? matter.today : undefined,
              note: '',
              papers: {},
              reward: {},
            }
          }
          onInput={(input) => setTyped((before) => ({ ...before, [step.id]: input }))}
          onDone={(next) => {
            setChosen(undefined);
            setTyped({});
            onDone(next);
          }}
          onAgain={onAgain}
        />
      )}
      <Others matter={matter} />
    </section>
  );
}

/** Can it be taken, or at least recorded as taken in time? */
function canTake({ abilities }: Matter, { id, mine, notAfter }: Next): boolean {
  return abilities.act.includes(id) || (mine && notAfter !== null);
}

/** For a party whose turn it is not: whatever it could do now would end the matter, or leave it where it is. */
function Waiting({ matter, now }: { matter: Matter; now: readonly Next[] }) {
  const t = useText();
  const lang = useLang();
  if (matter.me === null || now.length === 0 || now.some(({ to, ends }) => to !== null && !ends)) return null;
  const turn = new Set(
    matter.next
      .filter(({ id, to, by }) => to !== null && by.side !== 'party' && !matter.abilities.act.includes(id))
      .map(({ by }) => by.title[lang]),
  );
  if (turn.size === 0) return null;
  return <p>{t('act.waiting', { by: [...turn].join(lang === 'zh' ? '、' : ', ') })}</p>;
}

/** What is typed for a step. */
interface StepInput {
  /** The same over every try: a lost answer is found again instead of doing it twice. */
  key: string;
  day: string | undefined;
  note: string;
  papers: Readonly<Record<string, GivenPaper>>;
  /** What a reward is computed from. */
  reward: FormValues;
}

function StepForm({
  matter,
  code,
  step,
  input,
  onInput,
  onDone,
  onAgain,
}: {
  matter: Matter;
  code: string | undefined;
  step: Next;
  input: StepInput;
  onInput: (input: StepInput) => void;
  onDone: (matter: Matter) => void;
  onAgain: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const { key, day, note, papers, reward } = input;
  const asked = useRewardInput(matter, step.id, reward);
  const insert = useRewardInsert(matter, step.id);
  const office = matter.officers.length > 0 || matter.abilities.assign;
  const act = useMutation({
    mutationFn: () =>
      call(actOnMatter, {
        params: { number: matter.number, action: step.id },
        body: {
          version: matter.version,
          idempotencyKey: key,
          ...(office && day !== undefined && { on: day }),
          note,
          ...(asked?.given && { reward: asked.given }),
          papers: Object.entries(papers).map(([what, given]) =>
            'text' in given
              ? { what, file: null, text: given.text, to: given.to }
              : { what, file: given.file },
          ),
        },
        ...withCode(code),
        // Who came by account and is signed out meanwhile is asked to sign in again; nothing typed is lost.
        interactive: code === undefined,
      }),
    onSuccess: onDone,
  });
  /** Other content is another step. */
  const change = (more: Partial<StepInput>) =>
    onInput({ ...input, ...more, key: act.isError ? uuid() : key });
  const makes = Object.values(papers).some((given) => 'text' in given);
  const wrong =
    day === undefined
      ? t('act.day')
      : day > matter.today
        ? t('act.future')
        : step.notBefore !== null && day < step.notBefore
          ? t('course.early', { day: step.notBefore })
          : step.notAfter !== null && day > step.notAfter
            ? t('act.late', { day: step.notAfter })
            : makes && day !== matter.today
              ? t('letter.today')
              : null;
  const told = matter.publication?.state === 'public' && matter.publication.ends.includes(step.id);
  const again = act.error && 'code' in act.error && act.error.code === 'matters_changed';
  return (
    <div className={css.act}>
      <p className={css.muted}>
        {step.when && <span>{t('act.when', { when: step.when[lang] })}</span>}
        <span>{step.to ? t('act.to', { state: step.to[lang] }) : t('stays')}</span>
      </p>
      {office && (
        <div>
          <DayField label={t('act.on')} value={day} onChange={(next) => change({ day: next })} />
          {step.notAfter !== null && <p className={css.hint}>{t('act.missed', { day: step.notAfter })}</p>}
          {wrong && (
            <p role="alert" className={css.hint}>
              {wrong}
            </p>
          )}
        </div>
      )}
      {asked && <RewardForm input={asked} values={reward} onChange={(next) => change({ reward: next })} />}
      <RewardDecision matter={matter} step={step.id} />
      {step.papers.map((paper) => (
        <StepPaper
          key={paper.id}
          matter={matter}
          paper={paper}
          given={papers[paper.id] ?? null}
          day={day ?? matter.today}
          insert={insert}
          onChange={(given) => {
            const { [paper.id]: _gone, ...rest } = papers;
            change({ papers: given ? { ...rest, [paper.id]: given } : rest });
          }}
        />
      ))}
      <FormField
        id="act-note"
        label={t('act.note')}
        help={t(told ? 'act.notePublic' : office ? 'act.noteHelp' : 'act.noteOwn')}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={4000}
            value={note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </FormField>
      <Failure
        error={act.error}
        actions={again && <PlainButton onClick={onAgain}>{t('act.again')}</PlainButton>}
      />
      <Button
        type="primary"
        loading={act.isPending}
        disabled={(office && wrong !== null) || (asked !== null && asked.given === null)}
        onClick={() => act.mutate()}
      >
        {step.title[lang]}
      </Button>
    </div>
  );
}

/** What others may do, and what has to wait for a time to run out. */
function Others({ matter }: { matter: Matter }) {
  const t = useText();
  const lang = useLang();
  const others = matter.next.filter((one) => one.notAfter === null && !canTake(matter, one));
  if (others.length === 0) return null;
  return (
    <>
      <h3 className={css.small}>{t('act.others')}</h3>
      <ul className={css.others}>
        {others.map((one) => (
          <li key={one.id}>
            {t('course.choice', { title: one.title[lang], by: one.by.title[lang] })}
            {one.notBefore !== null && one.notBefore > matter.today && (
              <span className={css.muted}>{t('act.from', { day: one.notBefore })}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
