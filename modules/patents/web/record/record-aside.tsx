import { Link } from '@tanstack/react-router';
import { formatMoment, formatNumber } from '#shell/format';
import { useSession } from '#shell/session';
import { PATENTS_IMPORT, type PatentRecord } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

const ROLES = {
  administrator: 'role.administrator',
  'data-officer': 'role.data-officer',
  system: 'role.system',
} as const;

/** What belongs to the record: other publications, citations, and where the record came from. */
export function RecordAside({ record }: { record: PatentRecord }) {
  return (
    <aside className={css.aside}>
      <Related record={record} />
      <Citations record={record} />
      <Source record={record} />
    </aside>
  );
}

function Related({ record }: { record: PatentRecord }) {
  const t = useText();
  return (
    <section aria-labelledby="related">
      <h2 id="related">{t('record.related')}</h2>
      {record.family.length === 0 ? (
        <p className={css.none}>{t('record.noRelated')}</p>
      ) : (
        <ul>
          {record.family.map((one) => (
            <li key={one.number}>
              <Link to="/patents/$number" params={{ number: one.number }}>
                {one.number}
              </Link>{' '}
              <span className={css.note}>
                {one.publicationDate} {one.title}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Citations({ record }: { record: PatentRecord }) {
  const t = useText();
  const { citations } = record;
  if (citations.length === 0) return null;
  const known = citations.filter((c) => c.known).length;
  return (
    <section aria-labelledby="citations">
      <h2 id="citations">{t('record.citations')}</h2>
      <p className={css.note}>{t('record.citationsKnown', { count: citations.length, known })}</p>
      <ul>
        {citations.map(({ number, known: here }) => (
          <li key={number}>
            {here ? (
              <Link to="/patents/$number" params={{ number }}>
                {number}
              </Link>
            ) : (
              number
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Source({ record }: { record: PatentRecord }) {
  const t = useText();
  const session = useSession();
  const { provenance } = record;
  const role = ROLES[provenance.byRole as keyof typeof ROLES];
  return (
    <section aria-labelledby="source">
      <h2 id="source">{t('record.source')}</h2>
      <dl>
        <dt>{t('record.file')}</dt>
        <dd>
          {session.may(PATENTS_IMPORT) ? (
            <Link to="/patents/imports/$id" params={{ id: provenance.importId }}>
              {provenance.file}
            </Link>
          ) : (
            provenance.file
          )}
        </dd>
        <dt>{t('record.row')}</dt>
        <dd>{formatNumber(provenance.row)}</dd>
        <dt>{t('record.importedAt')}</dt>
        <dd>{formatMoment(provenance.at)}</dd>
        <dt>{t('record.importedBy')}</dt>
        <dd>{role ? t(role) : provenance.byRole}</dd>
      </dl>
    </section>
  );
}
