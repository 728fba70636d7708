import type { Generated } from 'kysely';
import type { Records } from '#kernel/records';

/** How an administrator names a person at the identity provider. */
export type OidcLinkKind = 'subject' | 'email' | 'username';

/** The tables of kernel/migrations/0002_auth.sql that this folder reads and writes itself. */
export type AuthTables = {
  'auth.user': {
    id: string;
    name: string;
    email: string;
    emailVerified: Generated<boolean>;
    image: string | null;
    username: string | null;
    twoFactorEnabled: boolean | null;
    createdAt: Generated<Date>;
    updatedAt: Generated<Date>;
    disabledAt: Date | null;
    version: Generated<number>;
    lastSignInAt: Date | null;
  };
  'auth.session': {
    id: string;
    userId: string;
    token: string;
    expiresAt: Date;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: Generated<Date>;
    updatedAt: Date;
  };
  'auth.account': {
    id: string;
    userId: string;
    accountId: string;
    providerId: string;
    password: string | null;
    createdAt: Generated<Date>;
    updatedAt: Date;
  };
  'auth.twoFactor': { id: string; userId: string };
  'auth.verification': { id: string; identifier: string; value: string; expiresAt: Date };
  'auth.attempt': { key: string; count: number; firstAt: Date };
  'auth.oidcLink': { userId: string; kind: OidcLinkKind; value: string };
};

/** The record store, or an open transaction on it, with the tables of accounts. */
export function withAuth(db: Records) {
  return db.withTables<AuthTables>();
}
