-- Reporting periods whose state differs from what the pack alone says (planned).
create table plan_period (
  id text primary key,
  state text not null check (state in ('open', 'closed', 'frozen')),
  due date not null,
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  closed_by text
);

-- What an officer typed so far. One draft per indicator, period and scope; `version` counts saves.
create table plan_draft (
  indicator text not null,
  period text not null,
  scope text not null,
  body jsonb not null,
  version int not null,
  holder_id text not null,
  holder_name text not null,
  saved_at timestamptz not null,
  primary key (indicator, period, scope)
);

-- One report per indicator, period and scope; its content changes only through the log below.
create table plan_report (
  id uuid primary key,
  indicator text not null,
  period text not null,
  scope text not null,
  state text not null check (state in ('submitted', 'returned', 'accepted')),
  version int not null,
  body jsonb not null,
  organisation text,
  submitted_by text,
  submitted_by_name text not null,
  submitted_at timestamptz not null,
  submit_key text not null unique,
  accepted_at timestamptz,
  demo boolean not null default false,
  unique (indicator, period, scope)
);
create index plan_report_state on plan_report (state, period);

-- Everything that happened to a report, with the content it had then. Append-only.
create table plan_report_log (
  report_id uuid not null references plan_report (id),
  version int not null,
  at timestamptz not null,
  action text not null check (action in ('submitted', 'returned', 'accepted', 'corrected')),
  actor_id text,
  actor_name text not null,
  reason text,
  body jsonb not null,
  primary key (report_id, version)
);
create function plan_report_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'plan_report_log is append-only';
end $$;
create trigger plan_report_log_append_only before update or delete on plan_report_log
  for each statement execute function plan_report_log_is_append_only();

-- Frozen years. `content` is the canonical text that was hashed and signed, byte for byte.
create table plan_snapshot (
  year text not null,
  edition int not null,
  content text not null,
  hash text not null,
  signature jsonb not null,
  as_of date not null,
  frozen_at timestamptz not null,
  frozen_by text not null,
  reason text,
  freeze_key text not null unique,
  published_at timestamptz,
  primary key (year, edition)
);
