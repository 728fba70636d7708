import type { Kysely } from 'kysely';
import type { Records } from '#kernel/records';
import type { MatterTables } from '../matters/tables.ts';

/** The tables of 0082_matter_stamps.sql. */
export interface StampTables extends Omit<MatterTables, 'matter'> {
  matter: MatterTables['matter'] & { stamped: number };
  matterStamp: {
    id: string;
    at: Date;
    genTime: Date;
    authority: string;
    policy: string;
    serial: string;
    root: string;
    list: string;
    answer: Buffer;
  };
  matterStamped: { matter: string; seq: number; stamp: string; salt: string };
}

/** The record store, or an open transaction, with the tables of time stamps. */
export function withStamps(db: Records): Kysely<StampTables> {
  return db as unknown as Kysely<StampTables>;
}
