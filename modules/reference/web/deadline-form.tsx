import { useId } from 'react';
import { ruleText } from '#kernel/calendar/rule-text';
import { DayField, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import css from './deadlines.module.css';
import { ExcludedTimes } from './excluded-times.tsx';
import type { DeadlineSearch } from './search.ts';
import { useText } from './text.ts';
import type { Limit, Procedure } from './words.ts';

const UNITS = ['WD', 'D', 'M', 'Y'] as const;
/** What a period of one's own begins with. */
const OWN = '5WD';

/** What is asked: which limit, since when, extended by what, and what does not count. */
export function DeadlineForm({
  procedures,
  limit,
  search,
  onChange,
}: {
  procedures: readonly Procedure[];
  limit: Limit | undefined;
  search: DeadlineSearch;
  onChange: (change: Partial<DeadlineSearch>) => void;
}) {
  const t = useText();
  const lang = useLang();
  const procedure = procedures.find((p) => p.limits.some((one) => one.id === search.limit));
  // Another limit has other extensions; times that do not count stay, as they happened.
  const choose = (change: Partial<DeadlineSearch>) =>
    onChange({ roll: undefined, extensions: undefined, rule: undefined, ...change });
  // A period of working days ends on one anyway.
  const rolls = !/WD$/.test(search.extensions ?? limit?.rule ?? search.rule ?? 'WD');
  return (
    <form className={`${css.form} no-print`} onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={t('procedure')}
        value={procedure?.id}
        all={t('own')}
        choices={procedures.map((p) => ({ value: p.id, label: p.title[lang] }))}
        onChange={(id) => {
          const first = procedures.find((p) => p.id === id)?.limits[0];
          choose(first ? { limit: first.id } : { limit: undefined, rule: OWN });
        }}
      />
      {procedure ? (
        <SelectField
          label={t('limit')}
          value={limit?.id}
          choices={procedure.limits.map((one) => ({
            value: one.id,
            label: `${one.step[lang]} · ${ruleText(one.rule)[lang]} · ${one.law.title[lang]}${one.article}`,
          }))}
          onChange={(id) => choose({ limit: id })}
        />
      ) : (
        <OwnRule rule={search.rule ?? ''} onChange={(rule) => onChange({ rule })} />
      )}
      <DayField
        label={limit ? t('fromOf', { event: limit.start[lang] }) : t('from')}
        stacked
        value={search.from}
        onChange={(from) => onChange({ from })}
      />
      <p className={css.help}>{t('fromHelp')}</p>
      {rolls && (
        <label className={css.check}>
          <input
            type="checkbox"
            checked={search.roll === 'true'}
            onChange={(event) => onChange({ roll: event.target.checked ? 'true' : 'false' })}
          />
          {t('roll')}
        </label>
      )}
      {limit && (
        <Extensions
          limit={limit}
          granted={search.extensions ?? ''}
          onChange={(extensions) => onChange({ extensions })}
        />
      )}
      <ExcludedTimes
        written={search.excluded ?? ''}
        reasons={limit?.excludes.map((reason) => reason[lang]) ?? []}
        onChange={(excluded) => onChange({ excluded })}
      />
      <PlainButton
        onClick={() =>
          onChange({
            limit: undefined,
            from: undefined,
            rule: undefined,
            roll: undefined,
            extensions: undefined,
            excluded: undefined,
          })
        }
      >
        {t('clear')}
      </PlainButton>
    </form>
  );
}

/** A period that no law of the pack sets. */
function OwnRule({ rule, onChange }: { rule: string; onChange: (rule: string | undefined) => void }) {
  const t = useText();
  const id = useId();
  const [, count = '', unit = 'WD'] = /^(\d*)(\w*)$/.exec(rule) ?? [];
  return (
    <span className={css.own}>
      <label htmlFor={id}>{t('length')}</label>
      <input
        id={id}
        inputMode="numeric"
        size={5}
        maxLength={4}
        value={count}
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, '');
          onChange(digits === '' ? undefined : `${digits}${unit || 'WD'}`);
        }}
      />
      <select
        aria-label={t('unit')}
        value={unit || 'WD'}
        onChange={(e) => onChange(`${count || 1}${e.target.value}`)}
      >
        {UNITS.map((one) => (
          <option key={one} value={one}>
            {t(`unitName.${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Which of the law's extensions were granted; the second follows the first. */
function Extensions({
  limit,
  granted,
  onChange,
}: {
  limit: Limit;
  granted: string;
  onChange: (granted: string | undefined) => void;
}) {
  const t = useText();
  const lang = useLang();
  if (limit.extensions.length === 0) return null;
  const rules = limit.extensions.map((extension) => extension.rule);
  const count = granted === '' ? 0 : granted.split(',').length;
  return (
    <fieldset className={css.group}>
      <legend>{t('extensions')}</legend>
      {limit.extensions.map((extension, i) => (
        <label key={`${extension.rule} ${extension.when.zh}`} className={css.check}>
          <input
            type="checkbox"
            checked={i < count}
            onChange={(event) =>
              onChange(rules.slice(0, event.target.checked ? i + 1 : i).join(',') || undefined)
            }
          />
          {t('extension', { when: extension.when[lang], period: ruleText(extension.rule)[lang] })}
        </label>
      ))}
    </fieldset>
  );
}
