import { AppError } from '#kernel/errors';
import { upgrade } from '#kernel/fields/upgrade';
import { attachment } from '#kernel/http/attachment';
import type { Call } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { entryFile } from '../../contract.ts';
import { reaches } from '../access.ts';
import { openEntry } from './entry-view.ts';
import { dataFor } from './rows.ts';

/** Sends a file of an entry to whoever may see the field that holds it; in any other hands its id opens nothing here. */
export async function sendFile(
  platform: Platform,
  { actor, params, reply }: Call<typeof entryFile>,
): Promise<unknown> {
  const { model, access, slices, head } = await openEntry(platform, actor, params.register, params.no);
  const internal = reaches(access.inside, head.region);
  const held = slices.some((slice) => {
    const data = dataFor(model, upgrade(model, slice.data).data, internal);
    return model.fields.some((field) => holds(field.type, field.items, data[field.key], params.file));
  });
  const info = held ? await platform.files.find(params.file) : undefined;
  if (!info) throw new AppError('not_found', { what: '文件' });
  const stream = await platform.files.read(info);
  return (
    reply
      .header('content-disposition', attachment(info.name))
      .header('content-length', info.size)
      .header('x-content-type-options', 'nosniff')
      // What people upload never runs in our pages' name, even when a browser is made to show it.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(info.mediaType)
      .send(stream)
  );
}

function holds(
  type: string,
  items: readonly { key: string; type: string }[],
  value: unknown,
  file: string,
): boolean {
  if (type === 'file') return value === file;
  if (!Array.isArray(value)) return false;
  return items.some(
    (item) =>
      item.type === 'file' &&
      value.some((row) => (type === 'rows' ? (row as Record<string, unknown>)[item.key] : row) === file),
  );
}
