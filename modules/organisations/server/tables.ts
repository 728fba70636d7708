import type { ColumnType, Generated } from 'kysely';
import type { Records } from '#kernel/records';

/** What an organisation is, apart from its identity: kept whole for every version. */
export interface OrganisationDoc {
  name: string;
  /** First day of the name, where it is known. */
  nameSince: string | null;
  code: string | null;
  address: string | null;
  region: string | null;
  /** The organisation it was merged into. */
  mergedInto: string | null;
}

/** How a version came about. */
export type OrganisationAction =
  | 'make'
  | 'complete'
  | 'rename'
  | 'correct-name'
  | 'edit'
  | 'merge'
  | 'merged'
  | 'undo'
  | 'undone';

/** Fields that a survivor takes over from the other where it has none itself. */
export const adoptable = ['code', 'address', 'region'] as const;

/** What was taken over in a merge. */
export type Adopted = Partial<Record<(typeof adoptable)[number], string>>;

type Json<T> = ColumnType<T, string, string>;

/** The tables of 0030_organisations.sql. */
export type OrganisationTables = {
  organisation: {
    id: Generated<string>;
    code: string | null;
    name: string;
    nameNormal: string;
    nameSince: string | null;
    address: string | null;
    region: string | null;
    public: Generated<boolean>;
    version: Generated<number>;
    mergedInto: string | null;
    createdAt: Date;
    updatedAt: Date;
    updatedBy: string | null;
    updatedByName: string;
  };
  organisationName: {
    id: Generated<string>;
    organisationId: string;
    kind: 'former' | 'spelling';
    name: string;
    nameNormal: string;
    validFrom: string | null;
    validTo: string | null;
    createdAt: Date;
  };
  organisationMerge: {
    id: Generated<string>;
    survivorId: string;
    loserId: string;
    reason: string;
    adopted: Json<Adopted>;
    at: Date;
    byId: string | null;
    byName: string;
    undoneAt: Date | null;
    undoneById: string | null;
    undoneByName: string | null;
  };
  organisationHistory: {
    organisationId: string;
    version: number;
    action: OrganisationAction;
    doc: Json<OrganisationDoc>;
    reason: string | null;
    at: Date;
    byId: string | null;
    byName: string;
  };
};

/** The record store, or an open transaction, with this module's tables. */
export function withOrganisations(db: Records) {
  return db.withTables<OrganisationTables>();
}
