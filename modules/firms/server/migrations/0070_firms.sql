-- Firms: they apply, are granted features, quotas and seats, and manage their own people. Nothing here is deleted.
create table firm_application (
  id uuid primary key,
  -- Made by the sender once per intended application.
  key uuid not null unique,
  -- With it a visitor sees where the application stands.
  receipt text not null unique,
  name text not null,
  -- 统一社会信用代码, checked and normalised.
  code text not null,
  contact text not null,
  phone text not null,
  email text not null,
  features jsonb not null,
  seats integer not null check (seats > 0),
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'granted', 'declined')),
  sent_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text,
  decision_reason text not null default '',
  version integer not null default 1,
  check ((state = 'waiting') = (decided_at is null))
);
create index firm_application_state on firm_application (state, id desc);
create index firm_application_code on firm_application (code);

create table firm (
  id uuid primary key,
  application uuid not null unique references firm_application (id),
  -- The organisation's record.
  organisation uuid not null,
  name text not null,
  code text not null,
  -- [{feature, limit}]; limit null: counted without a limit.
  features jsonb not null,
  seats integer not null check (seats > 0),
  -- Last day on which the grant holds.
  valid_until date not null,
  state text not null default 'active' check (state in ('active', 'suspended', 'ended')),
  state_reason text not null default '',
  granted_at timestamptz not null,
  version integer not null default 1
);
-- One grant of a firm at a time. The row is also the lock of its seats and quotas.
create unique index firm_code on firm (code) where state <> 'ended';
create index firm_name on firm (name, id);

create table firm_person (
  account text primary key references auth."user" (id),
  firm uuid not null references firm (id),
  added_at timestamptz not null,
  -- Since when the firm's manager has it disabled; null where somebody else did.
  off_at timestamptz,
  -- SHA-256 of the stored hash of the one-time password: as long as both agree it was not changed.
  one_time text
);
create index firm_person_firm on firm_person (firm);

-- What was used, by person and day of Asia/Shanghai.
create table firm_usage (
  firm uuid not null references firm (id),
  feature text not null,
  day date not null,
  account text not null references auth."user" (id),
  amount bigint not null check (amount >= 0),
  primary key (firm, feature, day, account)
);
