import { useState } from 'react';
import { addDays } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import { ApiError, call } from '#shell/api';
import { download, toCsv } from '#shell/csv';
import { listDues } from '../../../contract.ts';
import shared from '../../registers.module.css';
import type { DuesSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { duesQuery } from './dues-query.ts';

/** Entries asked for at once, the most the server gives. */
const STEP = 200;

type Due = EndpointResponse<typeof listDues>['entries'][number];

/** Everything that is due under the present narrowing as one table, not only the page on the screen. */
export function SaveDues({ search, total }: { search: DuesSearch; total: number }) {
  const t = useWorkText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function save() {
    setBusy(true);
    setFailure(null);
    try {
      const all: Due[] = [];
      for (let page = 1; ; page++) {
        const part = await call(listDues, { query: { ...duesQuery(search), page, limit: STEP } });
        all.push(...part.entries);
        if (part.entries.length < STEP || all.length >= part.total) break;
      }
      const first = all[0];
      // The day on which it was asked: from it the days that are left are counted.
      const today = first ? addDays(first.due.on, -first.due.days) : '';
      download(
        `${t('dues.title')} ${today}.csv`,
        toCsv([
          [
            t('dues.date'),
            t('dues.days'),
            t('dues.what'),
            t('dues.no'),
            t('dues.entry'),
            t('dues.register'),
            t('dues.region'),
          ],
          ...all.map((one) => [
            one.due.on,
            one.due.days,
            one.due.label,
            one.no,
            one.title,
            one.registerTitle,
            one.region?.name ?? '',
          ]),
        ]),
      );
    } catch (error) {
      setFailure(error instanceof ApiError && error.message ? error.message : t('failed'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      {failure && (
        <span role="alert" className={css.wrong}>
          {failure}
        </span>
      )}
      <button
        type="button"
        className={shared.action}
        disabled={busy}
        aria-busy={busy}
        onClick={() => void save()}
      >
        {t('dues.csv', { count: total })}
      </button>
    </>
  );
}
