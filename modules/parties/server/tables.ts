import type { ColumnType } from 'kysely';
import type { Department, Region } from '#kernel/city/schema';
import type { Records } from '#kernel/records';
import type { PartyOrigin } from '../contract.ts';

/** Departments and regions are kept alike. */
export type PartyKind = 'department' | 'region';

/** What a record holds, by its kind. */
export interface PartyDocs {
  department: Department;
  region: Region;
}

type Json<T> = ColumnType<T, string, string>;

/** The tables of 0005_parties.sql. */
export type PartyTables = {
  party: {
    kind: PartyKind;
    id: string;
    doc: Json<Department | Region>;
    origin: PartyOrigin;
    packHash: string | null;
    version: number;
    updatedAt: Date;
    updatedBy: string | null;
    updatedByName: string;
  };
  partyHistory: {
    kind: PartyKind;
    id: string;
    version: number;
    doc: Json<Department | Region>;
    origin: PartyOrigin;
    at: Date;
    byId: string | null;
    byName: string;
  };
};

/** The record store, or an open transaction, with this module's tables. */
export function withParties(db: Records) {
  return db.withTables<PartyTables>();
}
