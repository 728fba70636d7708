import { call } from '#shell/api';
import { queries } from '#shell/query';
import { type ImportPreview, previewImport } from '../../contract.ts';
import type { ImportsSearch } from '../address.ts';

/** How a file on the server is to be read. */
export type Reading = Required<Pick<ImportsSearch, 'file'>> & ImportsSearch;

/** The form of a preview or an import of a file that is already on the server. */
export function readingForm({ file, sheet, encoding, delimiter, mapping }: Reading): FormData {
  const form = new FormData();
  form.append('fileId', file);
  if (sheet) form.append('sheet', sheet);
  if (encoding) form.append('encoding', encoding);
  if (delimiter) form.append('delimiter', delimiter);
  if (mapping) form.append('mappingId', mapping);
  return form;
}

/** The preview as a query; what an upload answered is kept under the same key. */
export function previewQuery(reading: Reading) {
  return {
    queryKey: [previewImport.path, reading],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call(previewImport, { form: readingForm(reading), signal }),
    staleTime: 600_000,
  };
}

/** Sends a file and looks into it. Throws ApiError with what is wrong with the file. */
export async function sendFile(
  file: File,
  signal: AbortSignal,
  onProgress: (sent: number) => void,
): Promise<ImportPreview> {
  const form = new FormData();
  form.append('file', file, file.name);
  const preview = await call(previewImport, { form, signal, onProgress });
  queries.setQueryData(previewQuery({ file: preview.fileId }).queryKey, preview);
  return preview;
}
