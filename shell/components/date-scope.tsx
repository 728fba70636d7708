import { useShellText } from '../i18n.ts';
import {
  type Choice,
  DateField,
  FieldRow,
  PlainButton,
  SelectField,
  Toggle,
  ToggleGroup,
} from './fields.tsx';

/** The date and the area that a page speaks of: always in sight, always changeable, kept in the address by the page. */
export function DateScope({
  asOf,
  isDefault,
  min,
  years,
  region,
  regions,
  onAsOf,
  onRegion,
}: {
  /** The date in force. */
  asOf: string;
  /** Nobody chose the date. */
  isDefault: boolean;
  min: string;
  /** Years offered with one press: their last day. */
  years: readonly string[];
  region: string | undefined;
  regions: readonly Choice[];
  /** Undefined: back to the default. */
  onAsOf: (asOf: string | undefined) => void;
  onRegion?: (region: string | undefined) => void;
}) {
  const t = useShellText();
  return (
    <FieldRow label={t('scope.label')}>
      <DateField label={t('scope.asOf')} value={asOf} min={min} onChange={onAsOf} />
      <ToggleGroup>
        {years.map((year) => (
          <Toggle key={year} pressed={asOf === `${year}-12-31`} onChange={() => onAsOf(`${year}-12-31`)}>
            {t('scope.yearEnd', { year })}
          </Toggle>
        ))}
      </ToggleGroup>
      {!isDefault && <PlainButton onClick={() => onAsOf(undefined)}>{t('scope.default')}</PlainButton>}
      {onRegion && (
        <SelectField
          label={t('scope.region')}
          value={region}
          choices={regions}
          all={t('scope.wholeCity')}
          onChange={onRegion}
        />
      )}
    </FieldRow>
  );
}
