import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { DayField } from '#shell/components/fields.tsx';
import { FormBar, FormField, FormIssues, FormSection, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import type { FieldContext } from '#shell/components/record-form/control';
import { RecordFields } from '#shell/components/record-form/record-fields.tsx';
import { useIssueList, usePlacedIssues } from '#shell/components/record-form/use-issues';
import { keptForm, pruned, toData, toForm } from '#shell/components/record-form/values';
import { SaveState } from '#shell/components/save-state.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { itemForm, MATTERS_HANDLE, openMatter, readDraft } from '../../contract.ts';
import css from '../matters.module.css';
import { RoutingNotice } from '../portals/routing.tsx';
import { ApplySearch } from '../search.ts';
import { type Form, useText } from '../text.ts';
import { askedOf } from './asked.ts';
import { keepCode } from './codes.ts';
import { Failure } from './failure.tsx';
import { PaperInput } from './paper-input.tsx';
import { type DraftContent, useDraft } from './use-draft.ts';

/** Applying for a service: conditions to look at first, the form, the papers. Nobody needs an account. */
export function ApplyPage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const [search] = usePageSearch(ApplySearch);
  // The draft that was there when the page was opened; later the address only follows what is kept.
  const [opened] = useState(search.draft);
  const draft = useQuery({
    ...queryOf(readDraft, { params: { key: opened ?? '' } }),
    enabled: opened !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  // What was begun through a portal goes on through it, wherever the address was kept.
  const portal = search.portal ?? draft.data?.portal ?? undefined;
  const known = opened === undefined || !draft.isPending;
  const query = { lang, ...(portal !== undefined && { portal }) };
  const form = useQuery({
    ...queryOf(itemForm, { params: { id }, query }),
    staleTime: 600_000,
    enabled: known,
  });
  const gone = draft.error?.code === 'matters_draft';
  const waiting = form.isPending || (opened !== undefined && draft.isPending);
  const failure = form.error ?? (gone ? null : draft.error);
  return (
    <article>
      <PageHeader
        before={
          <Link to="/services/$id" params={{ id }} search={{ portal } as never}>
            {form.data?.item.title[lang] ?? t('back')}
          </Link>
        }
        title={t(form.data?.opens === 'office' ? 'apply.register' : 'apply.title')}
        subtitle={
          form.data && (
            <>
              {form.data.portal && `${t('portal.in', { portal: form.data.portal.title[lang] })} `}
              {t('apply.subtitle', { office: form.data.routing.office.name[lang] })}
            </>
          )
        }
      />
      {failure && <ErrorPanel error={failure} what={t('apply.title')} />}
      {waiting && !failure && <Skeleton rows={12} />}
      {gone && <Notice tone="attention" title={t('apply.gone')} />}
      {draft.data && draft.data.item === id && (
        <Notice title={t('apply.restored', { at: formatMoment(draft.data.savedAt) })} />
      )}
      {!waiting && !failure && form.data && (
        <ApplyForm
          id={id}
          form={form.data}
          start={
            draft.data && draft.data.item === id
              ? {
                  key: opened!,
                  version: draft.data.version,
                  values: keptForm(form.data.fields, draft.data.form),
                  papers: Object.fromEntries(draft.data.materials.map(({ what, ...paper }) => [what, paper])),
                }
              : { key: null, version: 0, values: toForm(form.data.fields, {}), papers: {} }
          }
        />
      )}
    </article>
  );
}

function ApplyForm({
  id,
  form,
  start,
}: {
  id: string;
  form: Form;
  start: DraftContent & { key: string | null; version: number };
}) {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const [, setSearch] = usePageSearch(ApplySearch);
  const portal = form.portal?.id ?? null;
  const draft = useDraft(id, portal, start, (key) => setSearch({ draft: key }));
  // A clerk at the counter enters for somebody else: the day on which it came in, and what was handed in on paper.
  const session = useSession();
  const clerk = session.may(MATTERS_HANDLE);
  const [day, setDay] = useState<string>();
  const [onPaper, setOnPaper] = useState<readonly string[]>([]);
  const [read, setRead] = useState(false);
  const [tried, setTried] = useState(0);
  const { fields, materials } = useMemo(() => askedOf(form, draft.values), [form, draft.values]);
  const { data, problems } = useMemo(() => toData(fields, pruned(draft.values)), [fields, draft.values]);
  const send = useMutation({
    mutationFn: async () => {
      await draft.close();
      const papers = Object.entries(draft.papers);
      return call(openMatter, {
        body: {
          item: id,
          ...(portal !== null && { portal }),
          form: data,
          materials: [
            ...papers
              .filter(([what]) => materials.some((material) => material.id === what))
              .map(([what, { file }]) => ({ what, file })),
            ...onPaper.map((what) => ({ what, file: null })),
          ],
          ...(day !== undefined && { on: day }),
          idempotencyKey: draft.key,
        },
      });
    },
    onSuccess: (matter) => {
      // Whoever finds it by their account needs no code; where identities are sealed nobody does.
      if (matter.code !== null && matter.parties[0]?.account !== true) keepCode(matter.number, matter.code);
      // Instead of the form: going back leads to the guide, not to a second press.
      return navigate({
        to: '/matters/$number',
        params: { number: matter.number },
        search: { receipt: 'new' } as never,
        replace: true,
      });
    },
    onError: () => {
      draft.reopen();
      setTried((n) => n + 1);
    },
  });
  const context = useMemo<FieldContext>(() => ({ files: {}, onFile: () => {} }), []);
  const hidden = form.fields.filter(({ key }) => form.secret.includes(key));
  const empty = fields.filter(({ key, required }) => required && data[key] === undefined);
  const lacking = materials.filter(
    ({ id: what, required }) => required && !draft.papers[what] && !onPaper.includes(what),
  );
  const told = usePlacedIssues(problems, send.error, 'form');
  const issues = [
    ...told.filter(({ place }) => place !== '' && !place.startsWith('.')),
    ...empty
      .filter(({ key }) => !told.some(({ place }) => place === key))
      .map(({ key }) => ({ place: key, message: t('apply.fill') })),
  ];
  const shown = tried > 0 ? issues : [];
  const list = useIssueList(shown, fields, { whole: t('apply.form') });
  const missing = tried > 0 ? lacking : [];
  const ready = problems.length === 0 && empty.length === 0 && lacking.length === 0 && read;
  // What is said beside the fields is not said twice; anything else is, such as an item that was changed meanwhile.
  const beside =
    send.error instanceof ApiError &&
    send.error.issues.length > 0 &&
    send.error.issues.every(({ path }) => fields.some(({ key }) => path.startsWith(`/body/form/${key}`)));
  const refused = beside ? null : send.error;
  return (
    <div className={css.apply}>
      <FormIssues
        shown={tried}
        issues={[
          ...list,
          ...missing.map((material) => ({
            field: `material-${material.id}`,
            label: material.title[lang],
            message: t('apply.upload'),
          })),
          ...(tried > 0 && !read
            ? [{ field: 'conditions', label: t('conditions'), message: t('apply.readThem') }]
            : []),
        ]}
      />
      <FormSection number={1} title={t('conditions')}>
        <ol className={css.conditions}>
          {form.conditions.map(({ text, otherwise }) => (
            <li key={text.en}>
              {text[lang]}
              {otherwise && <p className={css.purpose}>{t('otherwise', { text: otherwise[lang] })}</p>}
            </li>
          ))}
        </ol>
        <label className={css.tick}>
          <input
            id="conditions"
            type="checkbox"
            checked={read}
            aria-required="true"
            onChange={(event) => setRead(event.target.checked)}
          />
          {t('apply.read')}
        </label>
      </FormSection>
      <FormSection number={2} title={t('apply.form')}>
        {clerk && (
          <div className={css.window}>
            <DayField label={t('apply.received')} value={day} onChange={setDay} />
            <span className={css.muted}>{t('apply.receivedHelp')}</span>
          </div>
        )}
        {hidden.length > 0 && (
          <p className={css.muted}>
            {t('sealed.apply', { fields: hidden.map(({ label }) => label).join(t('comma')) })}
          </p>
        )}
        <RecordFields
          fields={fields}
          values={draft.values}
          issues={shown}
          context={context}
          onChange={draft.setValue}
        />
      </FormSection>
      {materials.length > 0 && (
        <FormSection number={3} title={t('materialsTitle')}>
          <p className={css.muted}>{t('apply.files')}</p>
          {materials.map((material) => (
            <FormField
              key={material.id}
              id={`material-${material.id}`}
              label={material.title[lang]}
              required={material.required}
              help={[
                material.when && t('conditional', { when: material.when[lang] }),
                material.standard[lang],
              ]
                .filter(Boolean)
                .join(t('semicolon'))}
              issues={missing.includes(material) ? [t('apply.upload')] : []}
            >
              {(control) => (
                <>
                  {!onPaper.includes(material.id) && (
                    <PaperInput
                      control={control}
                      paper={draft.papers[material.id] ?? null}
                      onChange={(paper) => draft.setPaper(material.id, paper)}
                    />
                  )}
                  {clerk && !draft.papers[material.id] && (
                    <label className={css.tick}>
                      <input
                        type="checkbox"
                        checked={onPaper.includes(material.id)}
                        onChange={(event) =>
                          setOnPaper((before) => [
                            ...before.filter((what) => what !== material.id),
                            ...(event.target.checked ? [material.id] : []),
                          ])
                        }
                      />
                      {t('apply.onPaper')}
                    </label>
                  )}
                </>
              )}
            </FormField>
          ))}
        </FormSection>
      )}
      <RoutingNotice form={form} />
      <Failure error={refused} />
      <FormBar wide>
        <SaveState state={draft.phase} />
        <Button
          type="primary"
          size="large"
          loading={send.isPending}
          onClick={() => {
            if (ready) send.mutate();
            else setTried((n) => n + 1);
          }}
        >
          {t('apply.send')}
        </Button>
      </FormBar>
    </div>
  );
}
