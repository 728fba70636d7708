-- Registers: lists that somebody keeps. What a register is stands in the city pack; tables hold what happened.

-- Every shape that a register's entries ever had, so that old versions stay readable.
create table register_schema (
  register text not null,
  version int not null,
  hash text not null,
  doc jsonb not null,
  at timestamptz not null,
  primary key (register, version)
);

-- The last number given out in a register.
create table register_counter (
  register text primary key,
  serial int not null
);

-- An entry's identity and where it stands. `key` is free again once an entry was removed or merged.
create table register_entry (
  id uuid primary key,
  register text not null,
  serial int not null,
  no text not null,
  state text not null check (state in ('proposed', 'verified', 'published', 'expired', 'removed')),
  version int not null,
  key text,
  ended_on date,
  void boolean not null,
  merged_into uuid references register_entry (id),
  submit_key uuid unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (register, serial),
  unique (register, no)
);
create unique index register_entry_key on register_entry (register, key) where key is not null;

-- What held from when to when (valid), as known from when to when (recorded). A version writes one row for each segment of
-- content and closes those of the version before; nothing is deleted. `last`: the segment with the newest content.
-- c1 to c6 hold the register's facets; they, `search`, `title` and `due_*` follow from `data` and the declaration.
create table register_slice (
  id bigint generated always as identity primary key,
  entry uuid not null references register_entry (id),
  register text not null,
  serial int not null,
  no text not null,
  version int not null,
  segment int not null,
  last boolean not null,
  from_day date,
  valid_from date,
  valid_to date,
  recorded_from timestamptz not null,
  recorded_to timestamptz,
  state text not null,
  void boolean not null,
  schema_version int not null,
  region text,
  c1 text, c2 text, c3 text, c4 text, c5 text, c6 text,
  due_on date,
  due_kind text,
  organisation uuid,
  title text not null,
  search text not null,
  data jsonb not null
);
create index register_slice_head on register_slice (register, serial) where last and recorded_to is null;
create index register_slice_title on register_slice (register, title) where last and recorded_to is null;
create index register_slice_due on register_slice (register, due_on)
  where last and recorded_to is null and due_on is not null;
create index register_slice_entry on register_slice (entry, recorded_to);

-- Organisations that an entry names now, and the entries it refers to.
create table register_mention (
  entry uuid not null references register_entry (id),
  organisation uuid not null,
  field text not null,
  own boolean not null,
  primary key (entry, organisation, field)
);
create index register_mention_organisation on register_mention (organisation);
create table register_link (
  entry uuid not null references register_entry (id),
  target uuid not null references register_entry (id),
  field text not null,
  primary key (entry, target, field)
);
create index register_link_target on register_link (target);

-- Every step of every entry: who, when, why. Append-only.
create table register_change (
  entry uuid not null references register_entry (id),
  version int not null,
  at timestamptz not null,
  actor_id text,
  actor_name text not null,
  action text not null,
  from_state text,
  to_state text not null,
  reason text,
  basis text,
  on_day date,
  batch uuid,
  schema_version int not null,
  primary key (entry, version)
);
create index register_change_batch on register_change (batch) where batch is not null;
create function register_change_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'register_change is append-only';
end $$;
create trigger register_change_append_only before update or delete on register_change
  for each row execute function register_change_is_append_only();

-- Of a slice only the end of its being known may ever be written, and what follows from the declaration.
create function register_slice_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'register_slice is never deleted from';
  end if;
  if new.data is distinct from old.data or new.valid_from is distinct from old.valid_from
    or new.recorded_from is distinct from old.recorded_from or new.version is distinct from old.version
    or new.state is distinct from old.state or (old.recorded_to is not null and new.recorded_to is distinct from old.recorded_to)
  then
    raise exception 'what a register_slice says is never changed';
  end if;
  return new;
end $$;
create trigger register_slice_kept before update or delete on register_slice
  for each row execute function register_slice_is_kept();

-- Narrowed lists under a name.
create table register_view (
  id uuid primary key,
  register text not null,
  owner text not null,
  owner_name text not null,
  name text not null,
  query text not null,
  shared boolean not null,
  at timestamptz not null,
  unique (register, owner, name)
);

-- Two entries that were one. The versions say between which states undoing goes back.
create table register_merge (
  id uuid primary key,
  register text not null,
  survivor uuid not null references register_entry (id),
  survivor_before int not null,
  survivor_after int not null,
  loser uuid not null references register_entry (id),
  loser_before int not null,
  loser_after int not null,
  reason text not null,
  at timestamptz not null,
  by_id text,
  by_name text not null,
  undone_at timestamptz,
  undone_by_name text
);
create index register_merge_register on register_merge (register, at desc);

-- Reminders that were sent: each once.
create table register_reminder (
  entry uuid not null references register_entry (id),
  kind text not null,
  due_on date not null,
  days int not null,
  sent_at timestamptz not null,
  primary key (entry, kind, due_on, days)
);
