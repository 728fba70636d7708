import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ApiError, call } from '#shell/api';
import { DateInput } from '#shell/components/date-input.tsx';
import { FormBar, FormField, FormSection, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { readDate } from '#shell/components/read-date';
import { whyId } from '#shell/components/record-form/places';
import { emptyRow, type FormValue, type FormValues, isList } from '#shell/components/record-form/values';
import { formatNumber } from '#shell/format';
import { useShellText } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { bulkChange, type EntryAction, listEntries, type RegisterView } from '../../../contract.ts';
import { type Meaning, UNSAID } from '../../form/draft.ts';
import form from '../../form/form.module.css';
import { ModeChoice, ReasonAndBasis, Ways, type WhyIssues } from '../../form/why.tsx';
import { listQuery } from '../../list/list-query.ts';
import { viewSearch } from '../../list/narrowing.ts';
import shared from '../../registers.module.css';
import { ListSearch } from '../../search.ts';
import { useText } from '../../text.ts';
import { useWords } from '../../words.ts';
import { RegisterFrame, Way } from '../register-frame.tsx';
import { BulkSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { ACTIONS, DATED, EXPLAINED, fieldIssues, numbersOf, setOf, settable, wrongByField } from './bulk.ts';
import { SetFields } from './set-fields.tsx';

/** One change to many entries: prepared here, looked at on the next page, written only after that. */
export function BulkPage() {
  const t = useWorkText();
  const [search] = usePageSearch(BulkSearch);
  return (
    <RegisterFrame title={t('bulk.title')}>
      {(register) => (
        <>
          <PageHeader
            title={t('bulk.titleOf', { register: register.title })}
            before={<Way register={register} />}
            subtitle={t('bulk.subtitle')}
          />
          {!register.abilities.keep ? (
            <Notice tone="attention" title={t('notAllowed')}>
              <p>{t('notAllowedWhy', { keeper: register.keeper })}</p>
            </Notice>
          ) : search.nos === undefined && search.query === undefined ? (
            <Nobody register={register} />
          ) : (
            <BulkForm register={register} search={search} />
          )}
        </>
      )}
    </RegisterFrame>
  );
}

function Nobody({ register }: { register: RegisterView }) {
  const t = useWorkText();
  return (
    <Notice tone="attention" title={t('bulk.nobody')}>
      <p>
        <Link to="/registers/$register" params={{ register: register.id }}>
          {t('bulk.choose')}
        </Link>{' '}
        <Link
          to="/registers/$register/bulk"
          params={{ register: register.id }}
          search={{ query: 'state=proposed' } as never}
        >
          {t('bulk.allProposed')}
        </Link>
      </p>
    </Notice>
  );
}

function BulkForm({ register, search }: { register: RegisterView; search: BulkSearch }) {
  const t = useWorkText();
  const own = useText();
  const tShell = useShellText();
  const navigate = useNavigate();
  const nos = numbersOf(search.nos);
  const [what, setWhat] = useState<'set' | 'act'>('set');
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [values, setValues] = useState<FormValues>({});
  const [action, setAction] = useState<EntryAction>('verify');
  const [on, setOn] = useState('');
  const [meaning, setMeaning] = useState<Meaning>(UNSAID);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ApiError | Error | null>(null);

  const all = settable(register);
  const fields = keys.flatMap((key) => all.find((f) => f.key === key) ?? []);
  const { set, problems } = setOf(fields, values);
  const from = readDate(meaning.from);
  const day = readDate(on);
  const change = what === 'set' && meaning.mode === 'change';
  const explained = what === 'act' && EXPLAINED.has(action);
  const dated = what === 'act' && DATED.has(action);
  // In the order of the page: the first one takes the focus.
  const missing: WhyIssues & { on?: readonly string[] } = {
    ...(change && !from && { from: [t('way.noFrom')] }),
    ...(dated && !day && { on: [t('way.noDay')] }),
    ...(explained && meaning.reason.trim() === '' && { reason: [t('way.noReason')] }),
  };
  const wrong = wrongByField([
    ...(tried
      ? problems.map((p) => ({ field: p.place.split('/')[0]!, message: tShell(`number.${p.problem}`) }))
      : []),
    ...(error instanceof ApiError ? fieldIssues(error.issues) : []),
  ]);

  async function prepare() {
    setTried(true);
    setError(null);
    if (what === 'set' && fields.length === 0) return;
    const first =
      problems.length > 0
        ? `entry-${problems[0]!.place.split('/')[0]}`
        : Object.keys(missing).map((name) => whyId(name))[0];
    if (first) {
      document.getElementById(first)?.focus();
      return;
    }
    setBusy(true);
    try {
      const batch = await call(bulkChange, {
        params: { register: register.id },
        body: {
          select: nos.length > 0 ? { nos } : { query: search.query ?? '' },
          change:
            what === 'set'
              ? { set, mode: meaning.mode, from: change ? (from ?? undefined) : undefined }
              : { action, on: dated ? (day ?? undefined) : undefined },
          reason: meaning.reason.trim() || undefined,
          basis: meaning.basis.trim() || undefined,
        },
      });
      void navigate({ to: '/registers/batches/$id', params: { id: batch.id } });
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  }

  return (
    <div className={css.form}>
      <FormSection number={1} title={t('bulk.which')}>
        <Which register={register} nos={nos} query={search.query} />
      </FormSection>
      <FormSection number={2} title={t('bulk.what')}>
        <Ways
          name="what"
          title={t('bulk.what')}
          ways={(['set', 'act'] as const).map((one) => ({
            way: one,
            label: t(`bulk.${one}`),
            help: t(`bulk.${one}Help`),
          }))}
          chosen={what}
          onChange={setWhat}
        />
        {what === 'set' ? (
          <SetFields
            register={register}
            all={all}
            fields={fields}
            values={values}
            wrong={wrong}
            missing={tried && fields.length === 0}
            onAdd={(field) => {
              setKeys([...keys, field.key]);
              setValues({ ...values, [field.key]: isList(field) ? [emptyRow(field)] : '' });
            }}
            onDrop={(key) => setKeys(keys.filter((k) => k !== key))}
            onChange={(key: string, value: FormValue) => setValues((before) => ({ ...before, [key]: value }))}
          />
        ) : (
          <Act
            action={action}
            on={on}
            issues={tried ? missing.on : undefined}
            onAction={setAction}
            onOn={setOn}
          />
        )}
      </FormSection>
      {what === 'set' && (
        <FormSection number={3} title={own('mode.title')}>
          <ModeChoice
            value={meaning}
            issues={tried ? missing : {}}
            onChange={(part) => setMeaning({ ...meaning, ...part })}
          />
        </FormSection>
      )}
      <FormSection number={what === 'set' ? 4 : 3} title={own('why.title')}>
        <ReasonAndBasis
          value={meaning}
          help={t('way.reasonHelp')}
          issues={tried ? missing : {}}
          required={explained}
          onChange={(part) => setMeaning({ ...meaning, ...part })}
        />
      </FormSection>
      {error && (
        <Notice tone="wrong" title={t('bulk.failed')}>
          <p>{error instanceof ApiError && error.message ? error.message : t('failed')}</p>
          {error instanceof ApiError && (
            <ul>
              {error.issues.map((i) => (
                <li key={`${i.path} ${i.message}`}>{i.message}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <FormBar>
        <span className={css.muted}>{t('bulk.nothingYet')}</span>
        <Button type="primary" loading={busy} onClick={() => void prepare()}>
          {t('bulk.prepare')}
        </Button>
      </FormBar>
    </div>
  );
}

function Act({
  action,
  on,
  issues,
  onAction,
  onOn,
}: {
  action: EntryAction;
  on: string;
  issues: readonly string[] | undefined;
  onAction: (action: EntryAction) => void;
  onOn: (day: string) => void;
}) {
  const t = useWorkText();
  const own = useText();
  const words = useWords();
  return (
    <>
      <FormField id={whyId('action')} label={t('bulk.action')} help={own(`dialog.${action}`)} required>
        {(control) => (
          <select
            {...control}
            className={form.input}
            value={action}
            onChange={(event) => onAction(event.target.value as EntryAction)}
          >
            {ACTIONS.map((one) => (
              <option key={one} value={one}>
                {words.action(one)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {DATED.has(action) && (
        <FormField
          id={whyId('on')}
          label={own(action === 'expire' ? 'dialog.expireOn' : 'dialog.removeOn')}
          issues={issues}
          required
        >
          {(control) => <DateInput control={control} value={on} onChange={onOn} />}
        </FormField>
      )}
    </>
  );
}

/** Numbers shown before the rest is folded away. */
const SHOWN = 30;

/** Which entries: by number, or how many a narrowing finds, with the first of them. */
function Which({
  register,
  nos,
  query,
}: {
  register: RegisterView;
  nos: readonly string[];
  query: string | undefined;
}) {
  const t = useWorkText();
  const found = ListSearch.parse(viewSearch(query ?? ''));
  const list = useQuery({
    ...queryOf(listEntries, {
      params: { register: register.id },
      query: { ...listQuery(found), page: 1, limit: 5 },
    }),
    enabled: nos.length === 0,
  });
  const link = (no: string, words: string) => (
    <Link to="/registers/$register/$no" params={{ register: register.id, no }}>
      {words}
    </Link>
  );
  if (nos.length > 0)
    return (
      <>
        <p>{t('bulk.numbers', { count: formatNumber(nos.length) })}</p>
        <ul className={css.numbers}>
          {nos.slice(0, SHOWN).map((no) => (
            <li key={no}>{link(no, no)}</li>
          ))}
          {nos.length > SHOWN && <li>{t('bulk.andMore', { count: formatNumber(nos.length - SHOWN) })}</li>}
        </ul>
      </>
    );
  return (
    <>
      <p role="status">
        {list.data
          ? t('bulk.found', { count: formatNumber(list.data.total) })
          : list.error
            ? list.error.message
            : t('bulk.counting')}{' '}
        <Link
          to="/registers/$register"
          params={{ register: register.id }}
          search={viewSearch(query ?? '') as never}
          className={shared.link}
        >
          {t('bulk.see')}
        </Link>
      </p>
      {list.data && list.data.entries.length > 0 && (
        <p className={shared.muted}>
          {t('bulk.such', { titles: list.data.entries.map((e) => e.title || e.no).join(t('comma')) })}
        </p>
      )}
    </>
  );
}
