import { Link } from '@tanstack/react-router';
import { Facts } from '#shell/components/facts.tsx';
import { formatMoment } from '#shell/format';
import type { Firm } from '../contract.ts';
import css from './firms.module.css';
import { useText } from './text.ts';

/** The head of a firm: state, code, seats, last day. */
export function FirmFacts({ firm, organisation = false }: { firm: Firm; organisation?: boolean }) {
  const t = useText();
  return (
    <div className={css.facts}>
      <Facts
        items={[
          { name: t('firm.state'), value: <strong>{t(`state.${firm.state}`)}</strong> },
          { name: t('firm.why'), value: firm.stateReason || null },
          { name: t('firm.code'), value: firm.code },
          {
            name: t('firm.organisation'),
            value: organisation && (
              <Link to="/organisations/$id" params={{ id: firm.organisation }}>
                {t('one.open')}
              </Link>
            ),
          },
          { name: t('firm.seats'), value: t('firm.seatsText', { active: firm.active, seats: firm.seats }) },
          { name: t('list.until'), value: firm.validUntil },
          { name: t('firm.since'), value: formatMoment(firm.grantedAt) },
        ]}
      />
    </div>
  );
}
