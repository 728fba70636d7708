import { Input } from 'antd';
import { useState } from 'react';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { letterOf } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { LetterSheet } from './letter-sheet.tsx';
import { PaperInput } from './paper-input.tsx';
import type { SentPaper } from './use-draft.ts';

/** A paper as it goes with a step: a file, or what stands in a document that the platform makes. */
export type GivenPaper = SentPaper | { text: string };

/** One paper of a step: a file that is sent, or a document that the platform makes of what is written, with a look at it. */
export function StepPaper({
  matter,
  paper,
  given,
  day,
  onChange,
}: {
  matter: Matter;
  paper: Matter['next'][number]['papers'][number];
  given: GivenPaper | null;
  /** The day that counts for the step. */
  day: string;
  onChange: (given: GivenPaper | null) => void;
}) {
  const t = useText();
  const lang = useLang();
  const [makes, setMakes] = useState(paper.makes);
  const text = given && 'text' in given ? given.text : '';
  return (
    <>
      <FormField id={`paper-${paper.id}`} label={paper.title[lang]} required={paper.required}>
        {(control) => (
          <>
            {paper.makes && (
              <ToggleGroup>
                {([true, false] as const).map((one) => (
                  <Toggle
                    key={String(one)}
                    pressed={makes === one}
                    onChange={() => {
                      setMakes(one);
                      onChange(null);
                    }}
                  >
                    {t(one ? 'letter.make' : 'letter.attach')}
                  </Toggle>
                ))}
              </ToggleGroup>
            )}
            {makes ? (
              <Input.TextArea
                {...control}
                rows={6}
                maxLength={20_000}
                placeholder={t('letter.text')}
                value={text}
                onChange={(event) =>
                  onChange(event.target.value === '' ? null : { text: event.target.value })
                }
              />
            ) : (
              <PaperInput
                control={control}
                paper={given && 'file' in given ? given : null}
                onChange={onChange}
              />
            )}
          </>
        )}
      </FormField>
      {makes && text.trim() !== '' && (
        <div className={css.sheetBox}>
          <p className={css.muted}>{t('letter.about')}</p>
          <LetterSheet
            letter={letterOf({
              ...{ office: matter.department.name.zh, title: paper.title.zh, number: '' },
              ...{ to: matter.name, text, on: day },
            })}
          />
        </div>
      )}
    </>
  );
}
