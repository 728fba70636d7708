import { useId } from 'react';
import { useLang } from '#shell/i18n';
import type { Source, Want } from '../contract.ts';
import { useText } from './text.ts';
import css from './webhooks.module.css';

/** What of every source a webhook is to hear of: by type, and of all things or some of them. */
export function WantsFields({
  sources,
  value,
  onChange,
}: {
  sources: readonly Source[];
  value: readonly Want[];
  onChange: (value: Want[]) => void;
}) {
  return sources.map((source) => (
    <SourceFields
      key={source.id}
      source={source}
      value={value.find((want) => want.source === source.id) ?? { source: source.id, types: [], only: null }}
      onChange={(want) => {
        const others = value.filter((one) => one.source !== source.id);
        onChange(want.types.length > 0 ? [...others, want] : others);
      }}
    />
  ));
}

function SourceFields({
  source: { title, about, types, narrow },
  value,
  onChange,
}: {
  source: Source;
  value: Want;
  onChange: (value: Want) => void;
}) {
  const t = useText();
  const lang = useLang();
  const about_ = useId();
  // What it was narrowed to and is gone by now can be unticked.
  const gone = (value.only ?? []).filter((id) => !narrow.options.some((option) => option.id === id));
  const options = [
    ...narrow.options.map((option) => ({ id: option.id, label: option.title[lang] })),
    ...gone.map((id) => ({ id, label: t('onlyGone', { id }) })),
  ];
  return (
    <fieldset className={css.source} aria-describedby={about_}>
      <legend>{title[lang]}</legend>
      <p id={about_}>{about[lang]}</p>
      {types.map((type) => (
        <Check
          key={type.id}
          label={type.title[lang]}
          code={type.id}
          checked={value.types.includes(type.id)}
          onChange={(on) => onChange({ ...value, types: toggled(value.types, type.id, on) })}
        />
      ))}
      {value.types.length > 0 && options.length > 0 && (
        <>
          <Check
            label={t('only', { what: narrow.title[lang] })}
            checked={value.only !== null}
            onChange={(on) => onChange({ ...value, only: on ? [] : null })}
          />
          {value.only !== null && (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset cannot scroll everywhere
            <div className={css.options} role="group" aria-label={narrow.title[lang]}>
              {options.map(({ id, label }) => (
                <Check
                  key={id}
                  label={label}
                  checked={value.only!.includes(id)}
                  onChange={(on) => onChange({ ...value, only: toggled(value.only!, id, on) })}
                />
              ))}
            </div>
          )}
        </>
      )}
    </fieldset>
  );
}

function Check({
  label,
  code,
  checked,
  onChange,
}: {
  label: string;
  code?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={checked} onChange={(e) => onChange(e.target.checked)} />
      <span>
        {label} {code && <code>{code}</code>}
      </span>
    </label>
  );
}

const toggled = (list: readonly string[], one: string, on: boolean): string[] =>
  on ? [...list, one] : list.filter((other) => other !== one);

/** Why wants cannot be sent as they are; null where they can. */
export function useWantsIssue(sources: readonly Source[], wants: readonly Want[]): string | null {
  const t = useText();
  const lang = useLang();
  if (wants.length === 0) return t('wantsNeeded');
  const empty = wants.find(({ only }) => only?.length === 0);
  const what = sources.find(({ id }) => id === empty?.source)?.narrow.title[lang] ?? '';
  return empty ? t('onlyNeeded', { what }) : null;
}

/** What a webhook hears of, in a line for each source. */
export function Wanted({ sources, wants }: { sources: readonly Source[]; wants: readonly Want[] }) {
  const t = useText();
  const lang = useLang();
  const line = ({ source: id, types, only }: Want) => {
    const source = sources.find((one) => one.id === id);
    const called = (list: readonly { id: string; title: { zh: string; en: string } }[], one: string) =>
      list.find((entry) => entry.id === one)?.title[lang];
    const heard = types.map((type) => called(source?.types ?? [], type) ?? type);
    const names = only?.map((one) => called(source?.narrow.options ?? [], one) ?? t('onlyGone', { id: one }));
    const narrowed = names
      ? t('onlyCount', { count: names.length, names: names.join(lang === 'zh' ? '、' : ', ') })
      : t('all');
    return `${source?.title[lang] ?? id}（${narrowed}）${lang === 'zh' ? '：' : ': '}${heard.join(lang === 'zh' ? '、' : ', ')}`;
  };
  return (
    <ul className={css.wanted}>
      {wants.map((want) => (
        <li key={want.source}>{line(want)}</li>
      ))}
    </ul>
  );
}
