import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { SelectField } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { uuid } from '#shell/uuid';
import { MESSAGE_LONG, writeMessage } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { withCode } from './codes.ts';
import { Failure } from './failure.tsx';
import { useEntering } from './use-entering.ts';

type Message = Matter['messages'][number];

/** What the office and a party write to each other, first to last, and where it is written. */
export function Messages({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const { messages, abilities } = matter;
  if (messages.length === 0 && !abilities.write) return null;
  return (
    <section className={css.part}>
      <h2>{t('message.title')}</h2>
      {messages.length === 0 ? (
        <p className={css.muted}>{t('message.none')}</p>
      ) : (
        <ol className={css.messages}>
          {messages.map((one) => (
            <OneMessage key={one.seq} message={one} office={matter.me === null} />
          ))}
        </ol>
      )}
      {abilities.write && <WriteForm matter={matter} code={code} onDone={onDone} />}
    </section>
  );
}

function OneMessage({ message, office }: { message: Message; office: boolean }) {
  const t = useText();
  const name = useCalled()(message.party);
  return (
    <li data-office={message.office}>
      <p className={css.messageHead}>
        <strong>{message.office ? t(office ? 'message.to' : 'message.office', { name }) : name}</strong>
        {message.by && <span>{message.by}</span>}
        <time dateTime={message.at}>{formatMoment(message.at)}</time>
        {message.waits && <span className={css.waits}>{t('message.waits')}</span>}
      </p>
      <p className={css.said}>{message.text ?? <span className={css.muted}>{t('message.erased')}</span>}</p>
    </li>
  );
}

/** What a party is called: whoever acts for somebody is named as such. */
function useCalled() {
  const t = useText();
  const lang = useLang();
  return ({ name, role, agent }: { name: string; role: Message['party']['role']; agent: boolean }) =>
    t('log.named', { name, role: agent ? t('party.agent', { role: role.title[lang] }) : role.title[lang] });
}

function WriteForm({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string | undefined;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const enter = useEntering();
  const called = useCalled();
  // Other words are another message; the same ones, pressed again after a lost answer, are written once.
  const [typed, setTyped] = useState({ text: '', key: uuid() });
  const [chosen, setChosen] = useState<number>();
  const office = matter.me === null;
  const there = matter.parties.filter(({ until }) => until === null);
  const asks = matter.messages.findLast(({ waits }) => waits)?.party.no;
  const to = there.find(({ no }) => no === (chosen ?? asks))?.no ?? there[0]?.no;
  const write = useMutation({
    mutationFn: () =>
      enter(writeMessage, {
        params: { number: matter.number },
        body: {
          version: matter.version,
          idempotencyKey: typed.key,
          text: typed.text.trim(),
          to: office ? (to ?? null) : null,
        },
        ...withCode(code),
        interactive: code === undefined,
      }),
    onSuccess: (next) => {
      setTyped({ text: '', key: uuid() });
      setChosen(undefined);
      onDone(next);
    },
  });
  return (
    <div className={`${css.act} no-print`}>
      {office && there.length > 1 && (
        <SelectField
          label={t('message.whom')}
          value={String(to)}
          choices={there.map((party) => ({ value: String(party.no), label: called(party) }))}
          onChange={(no) => setChosen(Number(no))}
        />
      )}
      <FormField
        id="message-text"
        label={t(office ? 'message.answer' : 'message.write')}
        help={t(office ? 'message.answerHelp' : matter.sealed ? 'message.sealedHelp' : 'message.writeHelp')}
        required
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            autoSize={{ minRows: 3, maxRows: 14 }}
            maxLength={MESSAGE_LONG}
            value={typed.text}
            onChange={(event) => setTyped({ text: event.target.value, key: uuid() })}
          />
        )}
      </FormField>
      <Failure error={write.error} />
      <Button disabled={typed.text.trim() === ''} loading={write.isPending} onClick={() => write.mutate()}>
        {t('message.send')}
      </Button>
      <span role="status" className={css.muted}>
        {write.isSuccess && typed.text === '' ? t('message.sent') : ''}
      </span>
    </div>
  );
}
