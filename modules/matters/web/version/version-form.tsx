import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormField, Notice } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { matterVersions, migrateMatter } from '../../contract.ts';
import { Failure } from '../matter/failure.tsx';
import { ReasonFields, useReason } from '../matter/reason-fields.tsx';
import { useEntering } from '../matter/use-entering.ts';
import css from '../matters.module.css';
import { type Matter, type MatterVersion, useText } from '../text.ts';

/** Moves the matter to another version of its item; nothing where there is none, or for those who may not. */
export function VersionPart({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  if (!matter.abilities.migrate) return null;
  const { from, to } = matter.item;
  return (
    <section className={`${css.part} no-print`}>
      <h2>{t('version')}</h2>
      <p className={css.muted}>
        {t('migrate.now', {
          version: to === null ? t('versionFrom', { from }) : t('versionSpan', { from, to }),
        })}
      </p>
      {open ? (
        <VersionForm matter={matter} onDone={onDone} onCancel={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('migrate.begin')}</Button>
      )}
    </section>
  );
}

function VersionForm({
  matter,
  onDone,
  onCancel,
}: {
  matter: Matter;
  onDone: (matter: Matter) => void;
  onCancel: () => void;
}) {
  const t = useText();
  const enter = useEntering();
  const [from, setFrom] = useState('');
  const why = useReason();
  const [tried, setTried] = useState(false);
  const { number } = matter;
  const asked = queryOf(matterVersions, { params: { number } });
  const found = useQuery({ ...asked, queryKey: [...asked.queryKey, matter.version] });
  const send = useMutation({
    mutationFn: () =>
      enter(migrateMatter, {
        params: { number },
        body: { version: matter.version, from, ...why.said },
      }),
    onSuccess: onDone,
  });
  if (found.error) return <ErrorPanel error={found.error} what={t('version')} />;
  if (!found.data) return <Skeleton rows={3} />;
  const { versions } = found.data;
  const chosen = versions.find((one) => one.from === from);
  const fits = chosen !== undefined && chosen.why === null;
  const ready = fits && why.ready;
  return (
    <div className={css.act}>
      <FormField
        id="migrate-to"
        label={t('migrate.to')}
        issues={tried && !chosen ? [t('apply.fill')] : []}
        required
      >
        {(control) => (
          <Select
            control={control}
            value={from}
            none={t('choose')}
            onChange={setFrom}
            choices={versions.map((one) => ({
              value: one.from,
              label: t(one.corrected ? 'migrate.corrected' : 'versionFrom', { from: one.from }),
            }))}
          />
        )}
      </FormField>
      {chosen && <Changes version={chosen} />}
      <ReasonFields
        id="migrate"
        of={why}
        most={300}
        tried={tried}
        labels={{
          reason: t('migrate.reason'),
          basis: t('migrate.basis'),
          basisHelp: t('migrate.basisHelp'),
        }}
      />
      <Notice title={t('migrate.follows')} />
      <Failure error={send.error} />
      <div>
        <Button
          type="primary"
          loading={send.isPending}
          disabled={chosen !== undefined && !fits}
          onClick={() => {
            setTried(true);
            if (ready) send.mutate();
          }}
        >
          {t('migrate.do')}
        </Button>{' '}
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  );
}

/** What would be otherwise under a version: last days and next steps; or why the matter cannot go on under it. */
function Changes({ version: { why, clocks, adds, drops } }: { version: MatterVersion }) {
  const t = useText();
  const lang = useLang();
  if (why) return <Notice tone="wrong" title={t('migrate.cannot', { why: why[lang] })} />;
  const day = (due: string | null) => due ?? t('course.stands');
  const list = (titles: typeof adds) => titles.map((title) => title[lang]).join(t('comma'));
  return (
    <ul className={css.others} aria-live="polite">
      {clocks.map(({ name, was, due }) => (
        <li key={name.en}>
          {t(was === due ? 'migrate.same' : 'migrate.moves', {
            ...{ name: name[lang], was: day(was), due: day(due) },
          })}
        </li>
      ))}
      {clocks.length === 0 && <li>{t('migrate.noClock')}</li>}
      {adds.length > 0 && <li>{t('migrate.adds', { list: list(adds) })}</li>}
      {drops.length > 0 && <li>{t('migrate.drops', { list: list(drops) })}</li>}
    </ul>
  );
}
