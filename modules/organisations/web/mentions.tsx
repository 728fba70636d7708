import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { listMentions } from '#modules/registers/contract';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import type { Organisation } from '../contract.ts';
import { Spell } from './marks.tsx';
import css from './organisations.module.css';
import { useText } from './text.ts';

type Mention = EndpointResponse<typeof listMentions>['entries'][number];

/** The registers that name an organisation, each with its entries. */
function byRegister(entries: readonly Mention[]): { id: string; title: string; entries: Mention[] }[] {
  const found = new Map<string, { id: string; title: string; entries: Mention[] }>();
  for (const entry of entries) {
    const one = found.get(entry.register) ?? { id: entry.register, title: entry.registerTitle, entries: [] };
    one.entries.push(entry);
    found.set(entry.register, one);
  }
  return [...found.values()];
}

/** Every entry of a register that names the organisation, as far as the reader may see it. */
export function Mentions({ organisation }: { organisation: Organisation }) {
  const t = useText();
  const found = useQuery(queryOf(listMentions, { params: { organisation: organisation.id } }));
  const registers = byRegister(found.data?.entries ?? []);
  return (
    <section className={css.section} aria-labelledby="mentions">
      <h2 id="mentions">
        {t('mentions.title')}
        {found.data && found.data.entries.length > 0 && (
          <span className={css.headNote}>
            {t('mentions.count', { count: found.data.entries.length, registers: registers.length })}
          </span>
        )}
      </h2>
      {found.error && !found.data ? (
        <ErrorPanel error={found.error} what={t('mentions.title')} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton rows={4} />
      ) : registers.length === 0 ? (
        <p className={css.empty}>
          {organisation.abilities.history ? t('mentions.empty') : t('mentions.emptyPublic')}
        </p>
      ) : (
        <>
          <NextDue entries={found.data.entries} />
          <ScrollBox label={t('mentions.title')}>
            <table className={css.entries}>
              <thead>
                <tr>
                  <th scope="col">{t('mentions.no')}</th>
                  <th scope="col">{t('mentions.entry')}</th>
                  <th scope="col">{t('mentions.state')}</th>
                  <th scope="col">{t('mentions.validity')}</th>
                  <th scope="col">{t('mentions.due')}</th>
                </tr>
              </thead>
              {registers.map((register) => (
                <Register key={register.id} {...register} />
              ))}
            </table>
          </ScrollBox>
        </>
      )}
    </section>
  );
}

/** What comes up first among all entries, so that it need not be looked for. */
function NextDue({ entries }: { entries: readonly Mention[] }) {
  const t = useText();
  const next = entries
    .filter((entry) => entry.due && entry.due.days >= 0)
    .sort((a, b) => a.due!.days - b.due!.days)[0];
  if (!next?.due) return null;
  return (
    <p className={css.next}>
      {t('mentions.next')}{' '}
      <Link to="/registers/$register/$no" params={{ register: next.register, no: next.no } as never}>
        {next.no}
      </Link>{' '}
      {next.due.label} {next.due.on}
      <DaysLeft due={next.due} />
    </p>
  );
}

function Register({ id, title, entries }: { id: string; title: string; entries: readonly Mention[] }) {
  const t = useText();
  return (
    <tbody>
      <tr className={css.registerLine}>
        <th scope="rowgroup" colSpan={5}>
          <Link to="/registers/$register" params={{ register: id } as never}>
            {title}
          </Link>
          {entries.length > 1 && (
            <span className={css.headNote}> {t('mentions.of', { count: entries.length })}</span>
          )}
        </th>
      </tr>
      {entries.map((entry) => (
        <tr key={`${entry.no} ${entry.field}`}>
          <td className={css.code}>{entry.no}</td>
          <th scope="row">
            <Link to="/registers/$register/$no" params={{ register: entry.register, no: entry.no } as never}>
              {entry.title}
            </Link>
            {!entry.own && <span className={css.sub}>{t('mentions.as', { field: entry.field })}</span>}
          </th>
          <td>
            <span className={css.state} data-state={entry.state}>
              {entry.stateLabel}
            </span>
          </td>
          <td className={css.days}>
            <Spell from={entry.validFrom} to={entry.validTo} />
          </td>
          <td>
            {entry.due && (
              <>
                {entry.due.label}
                <span className={css.dueDay}>
                  {entry.due.on}
                  <DaysLeft due={entry.due} />
                </span>
              </>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** Days until something is due; those of the next 90 and those that are over stand out. */
function DaysLeft({ due }: { due: NonNullable<Mention['due']> }) {
  const t = useText();
  const left =
    due.days < 0
      ? t('due.past', { count: -due.days })
      : due.days === 0
        ? t('due.today')
        : t('due.left', { count: due.days });
  const near = due.days < 0 ? 'past' : due.days <= 90 ? 'near' : 'far';
  return (
    <span className={css.left} data-near={near}>
      {left}
    </span>
  );
}
