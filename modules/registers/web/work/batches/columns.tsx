import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { type Batch, cancelBatch, type FieldView } from '../../../contract.ts';
import form from '../../form/form.module.css';
import shared from '../../registers.module.css';
import { useRegister } from '../../use-register.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { heldFor, type Sent, sendImport } from './send.ts';
import { columnsOf } from './standing.ts';

/** How the columns of the file were understood. What is not read comes first: that is where a slip would be. */
export function Columns({ batch }: { batch: Batch }) {
  const t = useWorkText();
  const register = useRegister(batch.register);
  if (batch.columns.length === 0) return null;
  const { read, ignored } = columnsOf(batch.columns);
  const taken = new Set(batch.columns.map((c) => c.field));
  const left = (register.data?.fields ?? []).filter((f) => !f.computed && !taken.has(f.key));
  const open = batch.state === 'ready' || batch.state === 'failed' || batch.state === 'cancelled';
  const sent = heldFor(batch.id);
  const could = open && left.length > 0;
  return (
    <section className={shared.section} aria-labelledby="columns">
      <h2 id="columns">{t('columns.title')}</h2>
      {ignored.length > 0 && (
        <>
          <p className={css.explain}>
            {t('columns.ignored', {
              heads: ignored.map((head) => t('columns.head', { head })).join(t('comma')),
            })}{' '}
            {t('columns.computed')} {could && t(sent ? 'columns.assign' : 'columns.rename')}
          </p>
          {sent && could && <Assign batch={batch} sent={sent} ignored={ignored} fields={left} />}
        </>
      )}
      <details className={css.more} open={read.length <= 12 || undefined}>
        <summary>{t('columns.read', { count: read.length })}</summary>
        <ul className={css.columns}>
          {read.map(({ head, label }) => (
            <li key={`${head} ${label}`}>
              {head}
              {head !== label && (
                <>
                  <span aria-hidden="true"> → </span>
                  <span className="visually-hidden">{t('columns.means')}</span>
                  {label}
                </>
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** Says which field an unknown column is, and has the same file read once more. */
function Assign({
  batch,
  sent,
  ignored,
  fields,
}: {
  batch: Batch;
  sent: Sent;
  /** Heads that were not read. */
  ignored: readonly string[];
  /** Fields that no column was read for. */
  fields: readonly FieldView[];
}) {
  const t = useWorkText();
  const id = useId();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const answers = Object.fromEntries(Object.entries(chosen).filter(([, field]) => field !== ''));

  async function again() {
    setBusy(true);
    setFailure(null);
    try {
      // Thrown away first: two batches of one file at once would be told of each other.
      if (batch.abilities.cancel) await call(cancelBatch, { params: { id: batch.id } });
      const before = JSON.parse(sent.fields.columns ?? '{}') as object;
      const columns = JSON.stringify({ ...before, ...answers });
      const made = await sendImport(batch.register, { ...sent, fields: { ...sent.fields, columns } });
      void navigate({ to: '/registers/batches/$id', params: { id: made.id } });
    } catch (error) {
      setFailure(error instanceof ApiError && error.message ? error.message : t('failed'));
      setBusy(false);
    }
  }

  return (
    <div className={css.assign}>
      <table className={shared.table} aria-label={t('columns.assignTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.inFile')}</th>
            <th scope="col">{t('columns.field')}</th>
          </tr>
        </thead>
        <tbody>
          {ignored.map((head, i) => (
            <tr key={head}>
              <th scope="row" id={`${id}-${i}`}>
                {head}
              </th>
              <td>
                <select
                  className={form.input}
                  aria-labelledby={`${id}-${i}`}
                  value={chosen[head] ?? ''}
                  onChange={(event) => setChosen({ ...chosen, [head]: event.target.value })}
                >
                  <option value="">{t('columns.notRead')}</option>
                  {fields.map((f) => (
                    <option
                      key={f.key}
                      value={f.key}
                      disabled={Object.entries(answers).some(([h, field]) => h !== head && field === f.key)}
                    >
                      {f.label}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {failure && (
        <p role="alert" className={css.wrongLine}>
          {failure}
        </p>
      )}
      <Button loading={busy} disabled={Object.keys(answers).length === 0} onClick={() => void again()}>
        {t('columns.again')}
      </Button>
    </div>
  );
}
