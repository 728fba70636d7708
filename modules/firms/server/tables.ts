import type { JSONColumnType, Kysely } from 'kysely';
import type { AuthTables } from '#kernel/auth/tables';
import type { KernelTables, Records } from '#kernel/records';
import type { ApplicationState, Feature, GrantedFeature } from '../contract.ts';

/** The tables of 0070_firms.sql, and those of accounts beside which they are read. */
export interface FirmTables extends KernelTables {
  firmApplication: {
    id: string;
    key: string;
    receipt: string;
    name: string;
    code: string;
    contact: string;
    phone: string;
    email: string;
    features: JSONColumnType<Feature[]>;
    seats: number;
    reason: string;
    state: ApplicationState;
    sentAt: Date;
    decidedAt: Date | null;
    decidedBy: string | null;
    decidedByName: string | null;
    decisionReason: string;
    version: number;
  };
  firm: {
    id: string;
    application: string;
    organisation: string;
    name: string;
    code: string;
    features: JSONColumnType<GrantedFeature[]>;
    seats: number;
    validUntil: string;
    state: 'active' | 'suspended' | 'ended';
    stateReason: string;
    grantedAt: Date;
    version: number;
  };
  firmPerson: {
    account: string;
    firm: string;
    addedAt: Date;
    offAt: Date | null;
    oneTime: string | null;
  };
  firmUsage: { firm: string; feature: string; day: string; account: string; amount: number };
  'auth.user': AuthTables['auth.user'];
  'auth.account': AuthTables['auth.account'];
}

/** The record store, or an open transaction, with this module's tables. */
export function withFirms(db: Records): Kysely<FirmTables> {
  return db as unknown as Kysely<FirmTables>;
}
