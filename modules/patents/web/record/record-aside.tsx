import { Link } from '@tanstack/react-router';
import { formatMoment, formatNumber } from '#shell/format';
import { useSession } from '#shell/session';
import { PATENTS_IMPORT } from '../../contract/permissions.ts';
import type { PatentRecord } from '../../contract/record.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

const ROLES = {
  administrator: 'role.administrator',
  'data-officer': 'role.data-officer',
  system: 'role.system',
} as const;

/** Where the record came from, and the wish to see it field by field. */
export function Source({
  record,
  origins,
  onOrigins,
}: {
  record: PatentRecord;
  /** Whether the origin of each field is shown. */
  origins: boolean;
  onOrigins: (wanted: boolean) => void;
}) {
  const t = useText();
  const session = useSession();
  const { provenance } = record;
  const role = ROLES[provenance.byRole as keyof typeof ROLES];
  return (
    <section className={css.source} aria-labelledby="source">
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
      <label className={`${css.check} no-print`}>
        <input type="checkbox" checked={origins} onChange={(event) => onOrigins(event.target.checked)} />
        {t('origin.show')}
      </label>
    </section>
  );
}
