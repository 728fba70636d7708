import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { ApiError } from '#shell/api';
import { FormBar, FormColumn, FormIssues, FormSection, Notice } from '#shell/components/form.tsx';
import { type SavePhase, SaveState } from '#shell/components/save-state.tsx';
import { useShellText } from '#shell/i18n';
import { keyOf } from '#shell/query';
import {
  type DepartmentView,
  getDepartment,
  getRegion,
  listDepartments,
  listRegions,
  type RegionView,
} from '../contract.ts';
import { Basics } from './basics.tsx';
import { CodeEntry, NameEntry, SuccessorEntry } from './entries.tsx';
import { placedIssues, placeId, summed } from './issues.ts';
import { keep, readKept } from './kept.ts';
import css from './parties.module.css';
import { type PartyDetail, readRecord, saveRecord } from './records.ts';
import { useText } from './text.ts';
import { Timeline } from './timeline.tsx';
import { ownSource, type PartyDoc, type PartyKind } from './words.ts';

/**
 * The form for one record. The server checks the whole set and says where something does not fit; when somebody was faster,
 * both states stand side by side. Unsaved changes stay in the window.
 */
export function Editor({
  kind,
  start,
  version,
  all,
  onSaved,
  onCancel,
}: {
  kind: PartyKind;
  start: PartyDoc;
  /** Absent for a new record. */
  version: number | undefined;
  all: readonly (DepartmentView | RegionView)[];
  onSaved: (record: PartyDetail) => void;
  onCancel: () => void;
}) {
  const t = useText();
  const tShell = useShellText();
  const queries = useQueryClient();
  const key = `zc.party.${kind}.${version === undefined ? '' : start.id}`;
  const [kept] = useState(() => readKept(key));
  const [doc, setDoc] = useState<PartyDoc>(kept?.doc ?? start);
  const [error, setError] = useState<unknown>(null);
  const [newer, setNewer] = useState<PartyDetail | null>(null);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(kept !== null);
  const base = useRef(kept ? kept.version : version);
  const issues = placedIssues(error, t);

  function change(part: Partial<PartyDoc>) {
    const next = { ...doc, ...part } as PartyDoc;
    setDoc(next);
    setChanged(true);
    keep(key, { version: base.current, doc: next });
  }
  /** Entries of one of the lists with one replaced, added or (null) removed. */
  function put<T>(list: readonly T[], index: number, value: T | null): T[] {
    return value === null
      ? list.filter((_, i) => i !== index)
      : [...list.slice(0, index), value, ...list.slice(index + 1)];
  }

  async function save() {
    setBusy(true);
    setError(null);
    try {
      const done = await saveRecord(kind, doc, base.current);
      keep(key, null);
      for (const endpoint of [listDepartments, listRegions, getDepartment, getRegion])
        await queries.invalidateQueries({ queryKey: keyOf(endpoint) });
      onSaved(done);
    } catch (failure) {
      if (failure instanceof ApiError && failure.code === 'party_changed')
        setNewer(await readRecord(kind, doc.id).catch(() => null));
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  const failure =
    error === null
      ? null
      : error instanceof ApiError && error.message
        ? error.message
        : tShell('network.lost');
  const state: SavePhase = busy
    ? { phase: 'saving' }
    : failure && issues.length === 0
      ? { phase: 'failed', message: failure }
      : changed
        ? { phase: 'unsaved' }
        : { phase: 'clean' };
  const dated = { from: null, to: null, source: ownSource, verified: false };
  const others = all.filter((o) => o.id !== doc.id).map((o) => ({ value: o.id, label: o.name }));
  const whole = issues.filter((i) => i.place === '');

  return (
    <>
      <FormIssues issues={summed(issues, t)} shown={error} />
      {newer && (
        <Notice
          tone="attention"
          title={t('conflict.title', {
            version: newer.view.version,
            by: newer.history.toSorted((a, b) => b.version - a.version)[0]?.by ?? '',
          })}
        >
          <p>{t('conflict.text')}</p>
          <div className={css.versus}>
            <section aria-label={t('conflict.theirs')}>
              <strong>{t('conflict.theirs')}</strong>
              <Timeline kind={kind} doc={newer.doc} all={all} narrow />
              <Button
                onClick={() => {
                  base.current = newer.view.version;
                  keep(key, null);
                  setDoc(newer.doc);
                  setChanged(false);
                  setNewer(null);
                  setError(null);
                }}
              >
                {t('conflict.takeTheirs')}
              </Button>
            </section>
            <section aria-label={t('conflict.mine')}>
              <strong>{t('conflict.mine')}</strong>
              <Timeline kind={kind} doc={doc} all={all} narrow />
              <Button
                onClick={() => {
                  base.current = newer.view.version;
                  keep(key, { version: base.current, doc });
                  setNewer(null);
                  setError(null);
                }}
              >
                {t('conflict.keepMine')}
              </Button>
            </section>
          </div>
        </Notice>
      )}
      <FormColumn>
        <div id={placeId('')} tabIndex={-1}>
          {whole.map((i) => (
            <p key={i.message} className={css.issue}>
              {i.message}
            </p>
          ))}
        </div>
        <FormSection number={1} title={t('edit.basic')}>
          <Basics doc={doc} isNew={version === undefined} issues={issues} onChange={change} />
        </FormSection>
        <FormSection number={2} title={t('edit.names')}>
          {doc.names.map((name, i) => (
            <NameEntry
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no key of their own, and the fields hold no state.
              key={i}
              index={i}
              value={name}
              issues={issues}
              onChange={(value) => change({ names: put(doc.names, i, value) })}
              onRemove={doc.names.length > 1 ? () => change({ names: put(doc.names, i, null) }) : undefined}
            />
          ))}
          <Button
            onClick={() =>
              change({ names: [...doc.names, { zh: '', en: '', ...dated, from: dayAfter(doc) }] })
            }
          >
            {t('edit.addName')}
          </Button>
        </FormSection>
        {'codes' in doc && (
          <FormSection number={3} title={t('edit.codes')}>
            {doc.codes.length === 0 && <p>{t('edit.noCodes')}</p>}
            {doc.codes.map((code, i) => (
              <CodeEntry
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                key={i}
                index={i}
                value={code}
                issues={issues}
                onChange={(value) => change({ codes: put(doc.codes, i, value) })}
                onRemove={() => change({ codes: put(doc.codes, i, null) })}
              />
            ))}
            <Button
              onClick={() => change({ codes: [...doc.codes, { code: '', system: 'gb2260', ...dated }] })}
            >
              {t('edit.addCode')}
            </Button>
          </FormSection>
        )}
        <FormSection number={'codes' in doc ? 4 : 3} title={t('edit.successors')}>
          {doc.successors.length === 0 && <p>{t('edit.noSuccessors')}</p>}
          {doc.successors.map((successor, i) => (
            <SuccessorEntry
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              key={i}
              index={i}
              value={successor}
              issues={issues}
              choices={others}
              onChange={(value) => change({ successors: put(doc.successors, i, value) })}
              onRemove={() => change({ successors: put(doc.successors, i, null) })}
            />
          ))}
          <Button
            onClick={() =>
              change({
                successors: [
                  ...doc.successors,
                  { to: '', from: dayAfter(doc) ?? '', kind: 'merged', source: ownSource, verified: false },
                ],
              })
            }
          >
            {t('edit.addSuccessor')}
          </Button>
        </FormSection>
        <p className={css.sub}>{changed ? t('edit.kept') : t('edit.clean')}</p>
        <FormBar>
          <SaveState state={state} />
          <Button
            onClick={() => {
              keep(key, null);
              onCancel();
            }}
          >
            {t('edit.cancel')}
          </Button>
          <Button type="primary" loading={busy} disabled={!changed} onClick={() => void save()}>
            {t('edit.save')}
          </Button>
        </FormBar>
      </FormColumn>
    </>
  );
}

/** The day after the last name ends: when the next one begins, most likely. */
function dayAfter(doc: PartyDoc): string | null {
  const last = doc.names.at(-1)?.to;
  if (!last || Number.isNaN(Date.parse(last))) return null;
  return new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
}
