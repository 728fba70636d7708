import { call } from '#shell/api';
import { type Batch, importEntries } from '../../../contract/batches.ts';

/** A file with the answers given beside it. */
export interface Sent {
  file: File;
  /** Parts of the form by name, without the file. */
  fields: Readonly<Record<string, string>>;
}

/** Files of this window by batch, so that one can be read once more with other columns. Gone after a reload. */
const held = new Map<string, Sent>();

/** What was sent for a batch from this window. */
export function heldFor(batch: string): Sent | undefined {
  return held.get(batch);
}

/** Sends a file to be prepared; the server reads the fields before the file begins. Empty ones are left out. */
export async function sendImport(
  register: string,
  sent: Sent,
  options: { signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): Promise<Batch> {
  const form = new FormData();
  for (const [name, value] of Object.entries(sent.fields)) if (value !== '') form.append(name, value);
  form.append('file', sent.file, sent.file.name);
  const batch = await call(importEntries, { params: { register }, form, ...options });
  held.set(batch.id, sent);
  return batch;
}
