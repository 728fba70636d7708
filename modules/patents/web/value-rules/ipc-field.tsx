import { Button } from 'antd';
import { useState } from 'react';
import { FormField } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import { decodeText } from '../numbers/read-file.ts';
import { useText } from '../text.ts';
import { type CriterionDraft, classesOf } from './criteria-draft.ts';
import { fieldId } from './fields.ts';
import css from './value-rules.module.css';

/** Places in a list that are told one by one. */
const MOST_SHOWN = 20;

/** The IPC symbols of an industry: pasted or from a file, with what was read and what could not be. */
export function IpcField({
  path,
  value,
  faults,
  onChange,
}: {
  path: string;
  value: CriterionDraft;
  faults: readonly string[];
  onChange: (classes: string) => void;
}) {
  const t = useText();
  const [loaded, setLoaded] = useState<{ name: string; before: string } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const list = classesOf(value);

  async function load(file: File | undefined) {
    if (!file) return;
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    setFailed(text === null ? t('rules.noText', { name: file.name }) : null);
    if (text === null) return;
    setLoaded({ name: file.name, before: value.classes });
    onChange(text.trim());
  }

  return (
    <>
      <FormField
        id={fieldId(path)}
        label={t('rules.classes')}
        help={t('rules.classesHelp')}
        issues={faults}
        aside={
          <>
            {value.classes.trim() === ''
              ? t('rules.noClasses')
              : t('rules.readClasses', {
                  total: formatNumber(list.symbols.length),
                  dropped: formatNumber(list.dropped),
                })}
            {list.faults.length > 0 && (
              <ul className={css.unread}>
                {list.faults.slice(0, MOST_SHOWN).map((one, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same text may stand in a line twice.
                  <li key={at}>{t(`rules.fault.${one.reason}`, { line: one.line, text: one.text })}</li>
                ))}
                {list.faults.length > MOST_SHOWN && (
                  <li>{t('rules.moreFaults', { count: list.faults.length - MOST_SHOWN })}</li>
                )}
              </ul>
            )}
          </>
        }
      >
        {(control) => (
          <textarea
            {...control}
            className={`${css.input} ${css.symbols}`}
            rows={8}
            spellCheck={false}
            value={value.classes}
            onChange={(event) => {
              setLoaded(null);
              onChange(event.target.value);
            }}
          />
        )}
      </FormField>
      <div className={css.file}>
        <input
          id={`${fieldId(path)}-file`}
          type="file"
          className="visually-hidden"
          accept=".txt,.csv"
          onChange={(event) => {
            void load(event.target.files?.[0]);
            // The same file may be chosen again after it was mended.
            event.target.value = '';
          }}
        />
        <label htmlFor={`${fieldId(path)}-file`} className={css.pick}>
          {t('rules.pickFile')}
        </label>
        <span role="status">
          {failed !== null && <span className={css.wrong}>{failed}</span>}
          {loaded !== null && t('rules.loaded', { name: loaded.name })}
        </span>
        {loaded !== null && (
          <Button
            size="small"
            onClick={() => {
              onChange(loaded.before);
              setLoaded(null);
            }}
          >
            {t('rules.unload')}
          </Button>
        )}
      </div>
    </>
  );
}
