import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import { withClasses } from '../classes/tables.ts';

/** Kinds of models that are kept. */
export type ModelKind = 'translation' | 'subclasses';

/** A model that was learned. */
export interface ModelRow {
  id: string;
  info: Record<string, unknown>;
  learnedAt: Date;
  sha256: string;
  name: string;
}

type Store = Pick<Platform, 'records' | 'files' | 'clock'>;

const MAX_BYTES = 512 * 1024 ** 2;

/** Keeps a model; from now on it is the one in use. */
export async function keepModel(
  platform: Store,
  kind: ModelKind,
  bytes: Uint8Array,
  info: Record<string, unknown>,
): Promise<void> {
  const packed = await promisify(gzip)(bytes);
  const file = await platform.files.put(Readable.from([packed]), {
    name: `${kind}.gz`,
    ownerId: null,
    purpose: 'patents.model',
    limit: MAX_BYTES,
  });
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, `patents.model ${kind}`);
    const db = withClasses(trx);
    const last = await db
      .selectFrom('patentModel')
      .select((e) => e.fn.max('seq').as('seq'))
      .where('kind', '=', kind)
      .executeTakeFirst();
    const learnedAt = platform.clock.now();
    await db
      .insertInto('patentModel')
      .values({ kind, fileId: file.id, info: JSON.stringify(info), learnedAt, seq: (last?.seq ?? 0) + 1 })
      .execute();
  });
}

/** The newest model of a kind; undefined while there is none. */
export async function newestModel(
  platform: Pick<Platform, 'records'>,
  kind: ModelKind,
): Promise<ModelRow | undefined> {
  return withClasses(platform.records)
    .selectFrom('patentModel')
    .innerJoin('storedFile', 'storedFile.id', 'patentModel.fileId')
    .select(['patentModel.id', 'info', 'learnedAt', 'sha256', 'name'])
    .where('kind', '=', kind)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A model in memory: read when first asked for, and again when a newer one was learned, by whichever process. */
export class ModelCache<T> {
  #held: { id: string; model: T } | null = null;

  constructor(
    readonly platform: Store,
    readonly kind: ModelKind,
    readonly unpack: (bytes: Buffer) => T,
  ) {}

  /** The newest model; null while there is none. */
  async get(): Promise<T | null> {
    const row = await newestModel(this.platform, this.kind);
    if (!row) return null;
    if (this.#held?.id === row.id) return this.#held.model;
    const pieces: Buffer[] = [];
    for await (const piece of await this.platform.files.read(row)) pieces.push(piece as Buffer);
    const model = this.unpack(await promisify(gunzip)(Buffer.concat(pieces)));
    this.#held = { id: row.id, model };
    return model;
  }
}
