import { DateInput } from '#shell/components/date-input.tsx';
import { FormField } from '#shell/components/form.tsx';
import { FEATURES, type Feature, FIRM_LIMITS, type GrantedFeature, type GrantTerms } from '../../contract.ts';
import { useText } from '../text.ts';
import { FeatureLimits, type TypedLimits } from './features.tsx';
import { issuesOf, TextInput } from './field.tsx';

/** Terms of a grant as they are typed. */
export interface TypedTerms {
  limits: TypedLimits;
  seats: string;
  until: string;
}

/** Stored terms as they are typed. */
export function typedTerms(terms: GrantTerms): TypedTerms {
  const entries = terms.features.map((f: GrantedFeature) => [
    f.feature,
    f.limit === null ? '' : String(f.limit),
  ]);
  return { limits: Object.fromEntries(entries), seats: String(terms.seats), until: terms.validUntil };
}

const whole = (text: string, most: number) =>
  /^\d{1,10}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;

/** Features whose limit is neither empty nor a whole number. */
export function wrongLimits({ limits }: TypedTerms): Feature[] {
  return FEATURES.filter(
    (f) => (limits[f] ?? '').trim() !== '' && !whole(limits[f] ?? '', FIRM_LIMITS.quota),
  );
}

/** What is wrong with seats, if anything. */
export function seatsWrong(seats: string): boolean {
  return !whole(seats, FIRM_LIMITS.seats);
}

/** The terms to send, or null where something typed is none. */
export function termsOf(typed: TypedTerms): GrantTerms | null {
  if (wrongLimits(typed).length > 0 || seatsWrong(typed.seats) || !/^\d{4}-\d\d-\d\d$/.test(typed.until))
    return null;
  const features = FEATURES.flatMap((feature) => {
    const limit = typed.limits[feature]?.trim();
    return limit === undefined ? [] : [{ feature, limit: limit === '' ? null : Number(limit) }];
  });
  return { features, seats: Number(typed.seats), validUntil: typed.until };
}

/** Features with limits, seats and the last day. */
export function TermsForm({
  value,
  shown,
  error,
  onChange,
}: {
  value: TypedTerms;
  /** Whether faults are shown: after the first try to send. */
  shown: boolean;
  error: unknown;
  onChange: (value: TypedTerms) => void;
}) {
  const t = useText();
  const seats = shown && seatsWrong(value.seats) ? [t('apply.seatsWrong', { most: FIRM_LIMITS.seats })] : [];
  const until = shown && !/^\d{4}-\d\d-\d\d$/.test(value.until) ? [t('apply.fill')] : [];
  return (
    <>
      <FeatureLimits
        value={value.limits}
        wrong={shown ? wrongLimits(value) : []}
        onChange={(limits) => onChange({ ...value, limits })}
      />
      <TextInput
        id="terms-seats"
        label={t('terms.seats')}
        required
        type="numeric"
        issues={[...seats, ...issuesOf(error, 'seats')]}
        value={value.seats}
        onChange={(text) => onChange({ ...value, seats: text })}
      />
      <FormField
        id="terms-until"
        label={t('terms.until')}
        required
        issues={[...until, ...issuesOf(error, 'validUntil')]}
      >
        {(control) => (
          <DateInput
            control={control}
            value={value.until}
            onChange={(text) => onChange({ ...value, until: text })}
          />
        )}
      </FormField>
    </>
  );
}
