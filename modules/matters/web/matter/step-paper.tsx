import { Input } from 'antd';
import { useState } from 'react';
import { PlainButton, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { letterOf } from '../../contract.ts';
import { DocumentPreview } from '../documents/document-preview.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { LetterSheet } from './letter-sheet.tsx';
import { PaperInput } from './paper-input.tsx';
import type { SentPaper } from './use-draft.ts';

/** A paper as it goes with a step: a file, or what stands in a document that the platform makes. */
export type GivenPaper = SentPaper | { text: string; to: string };

/** One paper of a step: a file that is sent, or a document that the platform makes of what is written, with a look at it. */
export function StepPaper({
  matter,
  paper,
  given,
  day,
  insert,
  onChange,
}: {
  matter: Matter;
  paper: Matter['next'][number]['papers'][number];
  given: GivenPaper | null;
  /** The day that counts for the step. */
  day: string;
  /** Text that can be put into the document with a press. */
  insert: { label: string; text: string } | null;
  onChange: (given: GivenPaper | null) => void;
}) {
  const t = useText();
  const lang = useLang();
  const [makes, setMakes] = useState(paper.makes && !(given && 'file' in given));
  // Both stay: a letter is not lost by looking at the other way.
  const [file, setFile] = useState(given && 'file' in given ? given : null);
  const [letter, setLetter] = useState(given && 'text' in given ? given : { text: '', to: paper.to });
  const write = (next: typeof letter) => {
    setLetter(next);
    onChange(next.text.trim() === '' || next.to.trim() === '' ? null : next);
  };
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
                      if (one) write(letter);
                      else onChange(file);
                    }}
                  >
                    {t(one ? 'letter.make' : 'letter.attach')}
                  </Toggle>
                ))}
              </ToggleGroup>
            )}
            {makes ? (
              <>
                <Input
                  aria-label={t('letter.to')}
                  maxLength={200}
                  placeholder={t('letter.to')}
                  value={letter.to}
                  onChange={(event) => write({ ...letter, to: event.target.value })}
                />
                {insert && (
                  <PlainButton
                    onClick={() =>
                      write({
                        ...letter,
                        text: [letter.text.trimEnd(), insert.text].filter(Boolean).join('\n'),
                      })
                    }
                  >
                    {insert.label}
                  </PlainButton>
                )}
                <Input.TextArea
                  {...control}
                  rows={6}
                  maxLength={20_000}
                  placeholder={t('letter.text')}
                  value={letter.text}
                  onChange={(event) => write({ ...letter, text: event.target.value })}
                />
              </>
            ) : (
              <PaperInput
                control={control}
                paper={file}
                onChange={(sent) => {
                  setFile(sent);
                  onChange(sent);
                }}
              />
            )}
          </>
        )}
      </FormField>
      {makes && letter.text.trim() !== '' && (
        <div className={css.sheetBox}>
          <p className={css.muted}>{t('letter.about')}</p>
          {letter.to.trim() !== '' && <DocumentPreview matter={matter} paper={paper} letter={letter} />}
          <LetterSheet
            letter={letterOf({
              ...{ office: matter.department.name.zh, title: paper.title.zh, number: '' },
              ...{ to: letter.to, text: letter.text, on: day },
            })}
          />
        </div>
      )}
    </>
  );
}
