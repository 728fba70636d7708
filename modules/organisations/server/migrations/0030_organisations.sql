-- Organisations: firms, institutes, schools, agencies as registers name them; each stands here once.
create table organisation (
  id uuid primary key default uuidv7(),
  -- 统一社会信用代码, checked and normalised; null where nobody gave one.
  code text,
  name text not null,
  -- The name without what keyboards and typesetting vary; see server/normal-name.ts.
  name_normal text not null,
  -- First day of the current name, where it is known.
  name_since date,
  address text,
  -- Region id of the city pack.
  region text,
  -- Stands in a published entry of a public register.
  public boolean not null default false,
  version integer not null default 1,
  -- It turned out to be the same as that one.
  merged_into uuid references organisation (id) check (merged_into <> id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text,
  updated_by_name text not null
);
create unique index organisation_code on organisation (code) where merged_into is null;
create index organisation_code_any on organisation (code) where code is not null;
create index organisation_name_normal on organisation (name_normal);
create index organisation_merged_into on organisation (merged_into) where merged_into is not null;

-- Names that are no longer borne (former) and spellings that were put right (spelling); both still find the organisation.
create table organisation_name (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null references organisation (id),
  kind text not null check (kind in ('former', 'spelling')),
  name text not null,
  name_normal text not null,
  -- First and last day, both included; null where not known.
  valid_from date,
  valid_to date,
  created_at timestamptz not null
);
create index organisation_name_of on organisation_name (organisation_id);
create index organisation_name_find on organisation_name (name_normal);

-- Merges that were made. A merge is undone, never deleted.
create table organisation_merge (
  id uuid primary key default uuidv7(),
  survivor_id uuid not null references organisation (id),
  loser_id uuid not null references organisation (id),
  reason text not null,
  -- What the survivor took over because it had none itself: field → value.
  adopted jsonb not null,
  at timestamptz not null,
  by_id text,
  by_name text not null,
  undone_at timestamptz,
  undone_by_id text,
  undone_by_name text,
  check (survivor_id <> loser_id)
);
create index organisation_merge_survivor on organisation_merge (survivor_id);
create unique index organisation_merge_loser on organisation_merge (loser_id) where undone_at is null;

-- Every content that an organisation ever had.
create table organisation_history (
  organisation_id uuid not null references organisation (id),
  version integer not null,
  action text not null,
  doc jsonb not null,
  reason text,
  at timestamptz not null,
  by_id text,
  by_name text not null,
  primary key (organisation_id, version)
);

create function organisation_history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'organisation_history is append-only';
end $$;
create trigger organisation_history_append_only before update or delete on organisation_history
  for each statement execute function organisation_history_is_append_only();
