import { Input } from 'antd';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { FEATURE_TEXT, FEATURES, type Feature, type FeatureState } from '../../contract.ts';
import css from '../firms.module.css';
import { useText } from '../text.ts';

/** Which features are wanted. */
export function FeatureChoices({
  value,
  onChange,
}: {
  value: readonly Feature[];
  onChange: (value: Feature[]) => void;
}) {
  const t = useText();
  const lang = useLang();
  return (
    <fieldset className={css.choices}>
      <legend>{t('apply.features')}</legend>
      {FEATURES.map((feature) => (
        <label key={feature} className={css.choice}>
          <input
            type="checkbox"
            checked={value.includes(feature)}
            onChange={(e) =>
              onChange(FEATURES.filter((f) => (f === feature ? e.target.checked : value.includes(f))))
            }
          />
          {FEATURE_TEXT[feature].title[lang]}
        </label>
      ))}
    </fieldset>
  );
}

/** Granted features as they are typed: absent where not granted, '' without a limit. */
export type TypedLimits = Partial<Record<Feature, string>>;

/** Which features are granted, each with its limit. */
export function FeatureLimits({
  value,
  wrong,
  onChange,
}: {
  value: TypedLimits;
  /** Features whose limit is no whole number. */
  wrong: readonly Feature[];
  onChange: (value: TypedLimits) => void;
}) {
  const t = useText();
  const lang = useLang();
  const set = (feature: Feature, limit: string | undefined) => {
    const { [feature]: _before, ...rest } = value;
    onChange(limit === undefined ? rest : { ...rest, [feature]: limit });
  };
  return (
    <fieldset className={css.choices}>
      <legend>{t('terms.features')}</legend>
      {FEATURES.map((feature) => {
        const limit = value[feature];
        const { title, unit } = FEATURE_TEXT[feature];
        return (
          <div key={feature} className={css.term}>
            <label className={css.choice}>
              <input
                type="checkbox"
                checked={limit !== undefined}
                onChange={(e) => set(feature, e.target.checked ? '' : undefined)}
              />
              {title[lang]}
            </label>
            {limit !== undefined && (
              <span>
                <label className={css.limit} htmlFor={`limit-${feature}`}>
                  {t('terms.limit', { unit: unit[lang] })}
                </label>
                <Input
                  id={`limit-${feature}`}
                  inputMode="numeric"
                  autoComplete="off"
                  aria-invalid={wrong.includes(feature) || undefined}
                  aria-describedby={wrong.includes(feature) ? `limit-${feature}-issue` : undefined}
                  value={limit}
                  onChange={(e) => set(feature, e.target.value)}
                />
                {wrong.includes(feature) && (
                  <span id={`limit-${feature}-issue`} className={css.issue}>
                    {t('terms.limitWrong')}
                  </span>
                )}
              </span>
            )}
          </div>
        );
      })}
      <p>{t('terms.noLimit')}</p>
    </fieldset>
  );
}

/** A feature's use in a few words: 120 / 5,000. */
export function FeatureLine({ state }: { state: FeatureState }) {
  const t = useText();
  const lang = useLang();
  const limit = state.limit === null ? t('firm.noLimit') : formatNumber(state.limit);
  return (
    <div>
      {FEATURE_TEXT[state.feature].title[lang]} {formatNumber(state.used)} / {limit}
    </div>
  );
}
