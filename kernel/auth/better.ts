import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth, twoFactor, username } from 'better-auth/plugins';
import type { Config } from '#kernel/config';
import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import type { Records } from '#kernel/records';
import { linkFromProvider } from './oidc.ts';
import { passwordLength } from './password.ts';
import { withAuth } from './tables.ts';

/** Sessions end a week after they were last used; `keep me signed in` off ends them after a day. */
export const sessionDays = 7;

/** The provider's id in addresses and rows: `/api/auth/callback/oidc`. */
export const oidcProvider = 'oidc';

/** What signing in needs to know. */
export interface BetterOptions {
  records: Records;
  log: Log;
  secret: string;
  config: Pick<
    Config,
    'ZC_ORIGIN' | 'ZC_OIDC_ISSUER' | 'ZC_OIDC_CLIENT_ID' | 'ZC_OIDC_CLIENT_SECRET' | 'ZC_OIDC_NAME'
  >;
}

/** Cookies are marked secure when people reach the platform by https. */
export function isSecure(config: Pick<Config, 'ZC_ORIGIN'>): boolean {
  return config.ZC_ORIGIN?.startsWith('https:') ?? false;
}

/**
 * better-auth as this platform uses it: password with user name, TOTP with backup codes, cookie sessions, sign-in through
 * one OpenID Connect provider. Nobody signs up by themselves. Its tables are those of kernel/migrations/0002_auth.sql,
 * reached through the platform's own connection pool.
 */
export function openBetterAuth({ records, log, secret, config }: BetterOptions) {
  const auth = log.child({ part: 'auth' });
  return betterAuth({
    appName: '知城',
    basePath: '/api/auth',
    // Without a configured origin the request's own is used; only requests of the same host are trusted (below).
    ...(config.ZC_ORIGIN && { baseURL: config.ZC_ORIGIN }),
    trustedOrigins: (request) => {
      const host = request && new URL(request.url).host;
      return host ? [`http://${host}`, `https://${host}`] : [];
    },
    secret,
    database: { db: records.withoutPlugins().withSchema('auth'), type: 'postgres', transaction: false },
    telemetry: { enabled: false },
    logger: {
      // Not 'warn': at that level its errors are printed to the console besides.
      level: 'info',
      disableColors: true,
      log: (level, message, ...args) => {
        // Said once when no origin is configured, which is the ordinary case inside an office.
        if (message.includes('Base URL is not set')) return;
        auth[level === 'error' ? 'error' : level === 'warn' ? 'info' : 'debug']({ args }, message);
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    session: {
      modelName: 'session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: sessionDays * 86_400,
      updateAge: 86_400,
    },
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      // Links are made by administrators (oidc.ts), never by an address that happens to be equal.
      accountLinking: { enabled: false },
      // The provider's tokens are of no use here, so they are not kept.
      updateAccountOnSignIn: false,
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 10,
      max: 100,
      // Passwords have a limit of their own that counts wrong ones only (throttle.ts).
      customRules: {
        '/sign-in/username': false,
        '/sign-in/social': { window: 60, max: 60 },
        '/callback/*': { window: 60, max: 60 },
        '/change-password': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: 'zc',
      useSecureCookies: isSecure(config),
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: ['x-zc-ip'] },
      database: { generateId: () => newId(), validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const user = await withAuth(records)
              .selectFrom('auth.user')
              .select('disabledAt')
              .where('id', '=', session.userId)
              .executeTakeFirst();
            if (!user || user.disabledAt)
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'account disabled' });
          },
        },
      },
    },
    onAPIError: { errorURL: '/sign-in' },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 1,
        maxUsernameLength: 64,
        usernameValidator: () => true,
      }),
      twoFactor({
        issuer: '知城',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      ...(config.ZC_OIDC_ISSUER
        ? [
            genericOAuth({
              config: [
                {
                  providerId: oidcProvider,
                  name: config.ZC_OIDC_NAME,
                  discoveryUrl: `${config.ZC_OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  requireIdTokenVerification: true,
                  clientId: config.ZC_OIDC_CLIENT_ID ?? '',
                  clientSecret: config.ZC_OIDC_CLIENT_SECRET ?? '',
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  disableSignUp: true,
                  disableImplicitSignUp: true,
                  mapProfileToUser: (profile) => linkFromProvider(records, auth, profile),
                },
              ],
            }),
          ]
        : []),
    ],
  });
}

/** The opened library; only this folder touches it. */
export type Better = ReturnType<typeof openBetterAuth>;
