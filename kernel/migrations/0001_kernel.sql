-- Append-only, hash-chained log of who did what (kernel/audit).
create table audit_log (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  detail jsonb not null default '{}',
  request_id text,
  prev_hash text not null,
  hash text not null unique
);
create index audit_log_object on audit_log (object_type, object_id);
create index audit_log_actor on audit_log (actor_id, seq);
create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_log is append-only';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();

-- Content-addressed files: bytes lie in the data folder under their SHA-256 (kernel/files).
create table stored_file (
  id uuid primary key default uuidv7(),
  sha256 text not null,
  size bigint not null,
  name text not null,
  media_type text not null,
  owner_id text,
  purpose text not null,
  created_at timestamptz not null default now()
);
create index stored_file_sha256 on stored_file (sha256);

-- Progress of long work, shown while it runs (kernel/jobs).
create table job_run (
  id uuid primary key,
  name text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  done bigint not null default 0,
  total bigint,
  note text,
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

-- Messages to account holders (kernel/notify).
create table notification (
  id uuid primary key default uuidv7(),
  user_id text not null,
  kind text not null,
  title_zh text not null,
  title_en text not null,
  body_zh text not null default '',
  body_en text not null default '',
  href text,
  dedup_key text unique,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mailed_at timestamptz
);
create index notification_inbox on notification (user_id, created_at desc);

-- Roles given to accounts, limited to an organisation or region of the city pack (kernel/auth).
create table account_grant (
  id uuid primary key default uuidv7(),
  user_id text not null,
  role text not null,
  organisation text,
  region text,
  created_at timestamptz not null default now(),
  created_by text,
  unique nulls not distinct (user_id, role, organisation, region)
);

-- Tokens for machines; only the hash is kept (kernel/auth).
create table api_token (
  id uuid primary key default uuidv7(),
  user_id text not null,
  name text not null,
  token_hash text not null unique,
  hint text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_user on api_token (user_id);

-- Facts about this installation that must survive a restart, e.g. which demonstration data was loaded.
create table installation (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
