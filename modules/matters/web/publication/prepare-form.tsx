import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ruleText } from '#kernel/calendar/rule-text';
import { PlainButton } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { useLang } from '#shell/i18n';
import { preparePublication } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import { useEntering } from '../matter/use-entering.ts';
import css from '../matters.module.css';
import { type Matter, type Publication, useText } from '../text.ts';
import { PlaceList } from './place-list.tsx';

/** What an officer prepares: first as the rules mask it, or as it was prepared before. */
export function PrepareForm({
  matter,
  seen,
  onDone,
}: {
  matter: Matter;
  seen: Publication;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const lang = useLang();
  const enter = useEntering();
  const { current, ends } = seen;
  const proposal = seen.proposal!;
  const first = current?.paper === proposal.paper ? current : proposal;
  const [title, setTitle] = useState(first.title);
  const [summary, setSummary] = useState(first.summary);
  const [body, setBody] = useState(first.body);
  const [end, setEnd] = useState<string>(current?.ends ?? '');
  const save = useMutation({
    mutationFn: () =>
      enter(preparePublication, {
        params: { number: matter.number },
        body: {
          ...{ version: matter.version, paper: proposal.paper, ends: end === '' ? null : end },
          ...{ title: title.trim(), summary: summary.trim(), body: body.trim() },
        },
      }),
    onSuccess: onDone,
  });
  const whole = title.trim().length > 1 && summary.trim().length > 1 && body.trim().length > 1;
  const ready = whole && (ends.length === 0 || end !== '');
  const again = () => {
    setTitle(proposal.title);
    setSummary(proposal.summary);
    setBody(proposal.body);
  };
  return (
    <form
      className={css.prepare}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <FormField id="publication-title" label={t('publication.name')} required>
        {(control) => (
          <Input
            {...control}
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        id="publication-summary"
        label={t('publication.summary')}
        help={t('publication.summaryHelp')}
        required
      >
        {(control) => (
          <Input.TextArea
            {...control}
            value={summary}
            autoSize={{ minRows: 4, maxRows: 16 }}
            maxLength={5000}
            onChange={(event) => setSummary(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        id="publication-body"
        label={t('publication.body')}
        help={t('publication.bodyHelp')}
        required
      >
        {(control) => (
          <Input.TextArea
            {...control}
            value={body}
            autoSize={{ minRows: 12, maxRows: 40 }}
            maxLength={200_000}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </FormField>
      {ends.length > 0 && (
        <FormField
          id="publication-ends"
          label={t('publication.ends')}
          help={t('publication.endsHelp')}
          required
        >
          {(control) => (
            <Select
              control={control}
              value={end}
              none={t('choose')}
              onChange={setEnd}
              choices={ends.map(({ id, step, rule, basis }) => ({
                value: id,
                label: t('publication.end', {
                  ...{ rule: ruleText(rule)[lang], step: step[lang] },
                  ...{ law: basis.law[lang], article: basis.article },
                }),
              }))}
            />
          )}
        </FormField>
      )}
      <PlaceList places={proposal.masked} />
      <Failure error={save.error} />
      <p className={css.links}>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={save.isPending}>
          {t('publication.save')}
        </Button>
        {first !== proposal && <PlainButton onClick={again}>{t('publication.again')}</PlainButton>}
      </p>
    </form>
  );
}
