import type { Kysely } from 'kysely';
import type { Records } from '#kernel/records';
import type { MatterTables } from '../matters/tables.ts';

/** The tables of 0085_matter_templates.sql, beside those of matters. */
export interface DocumentTables extends MatterTables {
  matterTemplate: {
    item: string;
    document: string;
    version: number;
    file: string;
    sha256: string;
    tags: string[];
    uploadedAt: Date;
    uploadedBy: string;
    uploader: string;
  };
  matterTemplateUse: {
    item: string;
    document: string;
    seq: number;
    version: number;
    note: string;
    at: Date;
    usedBy: string;
    userName: string;
  };
  matterRendition: {
    matter: string;
    paper: number;
    state: 'waiting' | 'made' | 'failed';
    tries: number;
    file: string | null;
    madeAt: Date | null;
  };
}

/** The record store, or an open transaction, with the tables of documents. */
export function withDocuments(db: Records): Kysely<DocumentTables> {
  return db as unknown as Kysely<DocumentTables>;
}
