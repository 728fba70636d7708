import { downloadFile } from '#modules/accounts/contract';
import { fileUrl } from '#shell/api';

/** Address under which a stored file is downloaded. */
export function fileHref(id: string): string {
  return fileUrl(downloadFile, { params: { id } });
}

/** `1536` → `1.5 kB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${unit === 0 ? n : n.toFixed(1)} ${units[unit]}`;
}
