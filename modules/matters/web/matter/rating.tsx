import { useMutation } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { answerRating, rateMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { withCode } from './codes.ts';
import { Failure } from './failure.tsx';
import { useEntering } from './use-entering.ts';

const SCORES = [5, 4, 3, 2, 1] as const;
type Score = (typeof SCORES)[number];

/** How content the applicant was: given once after the end, and answered by the office. */
export function Rating({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const { rating, abilities } = matter;
  if (!rating && !abilities.rate) return null;
  return (
    <section className={css.part}>
      <h2>{t('rating.title')}</h2>
      {rating && (
        <p>
          <strong>{t(`rating.${rating.score as Score}`)}</strong>
          {t('bracket', { text: rating.on })}
          {rating.words && <span className={css.said}>{rating.words}</span>}
        </p>
      )}
      {rating?.answer && <p className={css.said}>{t('rating.answered', { text: rating.answer })}</p>}
      {abilities.rate && <RateForm matter={matter} code={code} onDone={onDone} />}
      {abilities.answerRating && <AnswerForm matter={matter} onDone={onDone} />}
    </section>
  );
}

function RateForm({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const [score, setScore] = useState<Score>();
  const [words, setWords] = useState('');
  const rate = useMutation({
    mutationFn: () =>
      call(rateMatter, {
        params: { number: matter.number },
        body: { score: score!, words: words.trim() },
        ...withCode(code),
        interactive: code === undefined,
      }),
    onSuccess: onDone,
  });
  return (
    <div className={`${css.act} no-print`}>
      <Radio.Group
        aria-label={t('rating.title')}
        value={score}
        onChange={(event) => setScore(event.target.value as Score)}
        options={SCORES.map((value) => ({ value, label: t(`rating.${value}`) }))}
      />
      <Words
        id="rating-words"
        label={t('rating.words')}
        help={t('rating.wordsHelp')}
        value={words}
        onChange={setWords}
      />
      <Failure error={rate.error} />
      <Button disabled={score === undefined} loading={rate.isPending} onClick={() => rate.mutate()}>
        {t('rating.do')}
      </Button>
    </div>
  );
}

function AnswerForm({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const enter = useEntering();
  const [text, setText] = useState('');
  const answer = useMutation({
    mutationFn: () =>
      enter(answerRating, {
        params: { number: matter.number },
        body: { version: matter.version, text: text.trim() },
      }),
    onSuccess: onDone,
  });
  return (
    <div className={`${css.act} no-print`}>
      <Words
        id="rating-answer"
        label={t('rating.answer')}
        help={t('rating.answerHelp')}
        value={text}
        onChange={setText}
      />
      <Failure error={answer.error} />
      <Button disabled={text.trim().length < 2} loading={answer.isPending} onClick={() => answer.mutate()}>
        {t('rating.answerDo')}
      </Button>
    </div>
  );
}

/** A few lines of text. */
function Words({
  id,
  label,
  help,
  value,
  onChange,
}: {
  id: string;
  label: string;
  help: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField id={id} label={label} help={help}>
      {(control) => (
        <Input.TextArea
          {...control}
          rows={3}
          maxLength={1000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}
