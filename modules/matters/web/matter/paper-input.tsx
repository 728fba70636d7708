import { useMemo } from 'react';
import { call } from '#shell/api';
import type { InputControl, Upload } from '#shell/components/record-form/control';
import { FileInput } from '#shell/components/record-form/file-input.tsx';
import { uploadPaper } from '../../contract.ts';
import { noteWarnings, PaperNotes } from './paper-warnings.tsx';
import type { SentPaper } from './use-draft.ts';

const upload: Upload = async (file, how) => {
  const form = new FormData();
  form.append('file', file, file.name);
  const sent = await call(uploadPaper, { form, ...how });
  noteWarnings(sent.id, sent.warnings);
  return sent;
};

/** The file of one paper: goes to the server at once, which says what to mind about it; the step then names it. */
export function PaperInput({
  control,
  paper,
  onChange,
}: {
  control: InputControl;
  paper: SentPaper | null;
  onChange: (paper: SentPaper | null) => void;
}) {
  const context = useMemo(
    () => ({
      files: paper ? { [paper.file]: paper.name } : {},
      onFile: (file: string, name: string) => onChange({ file, name }),
      upload,
      // It is handed out once it belongs to a matter.
      fileHref: () => null,
    }),
    [paper, onChange],
  );
  return (
    <>
      <FileInput
        control={control}
        value={paper?.file ?? ''}
        context={context}
        // What was sent is told by `onFile`, with its name.
        onChange={(file) => file === '' && onChange(null)}
      />
      {paper && <PaperNotes file={paper.file} />}
    </>
  );
}
