import type { SnapshotInfo } from '../../contract.ts';

/** So many documents are kept; a plan has a few years and editions. */
const KEPT = 16;

/**
 * Documents made once for many readers. A frozen year never changes, so its bytes depend only on its hash and on the day
 * of publication that is printed in them; making a DOCX keeps the event loop busy for about a tenth of a second.
 */
export class Documents {
  readonly #made = new Map<string, Promise<Buffer>>();

  get(
    format: string,
    info: Pick<SnapshotInfo, 'hash' | 'publishedAt'>,
    make: () => Promise<Buffer>,
  ): Promise<Buffer> {
    const key = `${format} ${info.hash} ${info.publishedAt}`;
    const known = this.#made.get(key);
    if (known) return known;
    const made = make();
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    if (this.#made.size > KEPT) this.#made.delete(this.#made.keys().next().value as string);
    return made;
  }
}
