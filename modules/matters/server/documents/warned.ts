import { FILE_WARNINGS, type FileWarning } from '#kernel/files/warnings/codes';
import { fileWarnings } from '#kernel/files/warnings/warnings';
import type { Platform } from '#kernel/module';

/**
 * What the sender of a paper should know of it. The paper has been kept by then, as it came: whatever happens here, it was
 * received.
 */
export async function paperWarnings(
  { files, log }: Platform,
  { sha256, mediaType }: { sha256: string; mediaType: string },
): Promise<FileWarning[]> {
  try {
    return await fileWarnings(files.pathOf(sha256), mediaType);
  } catch (err) {
    log.warn({ err, sha256 }, 'a paper could not be looked through');
    return [{ code: 'unchecked', text: FILE_WARNINGS.unchecked }];
  }
}
