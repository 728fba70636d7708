-- Accounts, sessions and second factors (kernel/auth). The tables of better-auth 1.7 as its `compileMigrations()` lays
-- them out, with our column names; a test fails when the two drift apart. Columns marked "ours" are unknown to it.
create schema auth;

create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text unique,
  two_factor_enabled boolean default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disabled_at timestamptz,                      -- ours: a disabled account keeps its history and cannot sign in
  version integer not null default 1,           -- ours: rises with every change an administrator makes
  last_sign_in_at timestamptz                   -- ours: outlives the sessions
);

create table auth.session (
  id text primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index session_user_id on auth.session (user_id);

-- One row per way to sign in: provider `credential` (password) or `oidc` (account_id = the provider's subject).
create table auth.account (
  id text primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index account_user_id on auth.account (user_id);

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);

create table auth.two_factor (
  id text primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factor_user_id on auth.two_factor (user_id);
create index two_factor_secret on auth.two_factor (secret);

create table auth.rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Ours: wrong passwords per address and per user name within a window (kernel/auth/throttle.ts).
create table auth.attempt (
  key text primary key,
  count integer not null,
  first_at timestamptz not null
);

-- Ours: whom the identity provider may sign in, as an administrator entered it (kernel/auth/oidc.ts).
create table auth.oidc_link (
  user_id text primary key references auth."user" (id) on delete cascade,
  kind text not null check (kind in ('subject', 'email', 'username')),
  value text not null,
  unique (kind, value)
);
