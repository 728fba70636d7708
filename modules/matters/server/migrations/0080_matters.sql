-- Matters: what was opened, the log from which everything follows, and what is derived from it for lists. Nothing is deleted.

-- Definitions as they were when a matter began under them: later edits of the pack do not reach running matters.
create table matter_definition (
  -- SHA-256 of its canonical JSON.
  hash text primary key,
  item text not null,
  item_from date not null,
  -- Not jsonb: fields stay in the order in which they are asked.
  definition json not null,
  kept_at timestamptz not null
);

-- Last number given, by 代字 and year: numbers have no gaps.
create table matter_counter (
  mark text not null,
  year integer not null,
  last integer not null check (last > 0),
  primary key (mark, year)
);

-- Pairs of neighbouring signs: what is looked for in words that nothing separates is found by them.
create function matter_pairs(words text) returns text[] language sql immutable strict parallel safe
  return (select coalesce(array_agg(distinct substr(words, n, 2)), '{}') from generate_series(1, length(words) - 1) n);

create table matter (
  id uuid primary key,
  number text not null unique,
  item text not null,
  definition text not null references matter_definition (hash),
  -- The office that has it.
  department text not null,
  name text not null,
  subject text not null,
  -- With it and the number somebody without an account finds the matter.
  code text not null,
  applicant text references auth."user" (id),
  -- Made by the sender once per intended matter, and what was sent with it.
  key uuid not null unique,
  key_hash text not null,
  opened_on date not null,
  opened_at timestamptz not null,
  handler text references auth."user" (id),
  -- From here on derived from the log.
  -- Number of its entries.
  version integer not null check (version > 0),
  state text not null,
  ended_on date,
  -- The day by which somebody in the office looks at it; null where no clock runs.
  next_on date,
  -- Version of calendar and limits with which its clocks were reckoned.
  rules text not null,
  -- What the desk looks for words in.
  search text not null generated always as (lower(number || chr(10) || name || chr(10) || subject)) stored
);
-- What is included is what the desk counts.
create index matter_desk on matter (department, next_on, id) include (handler, item) where ended_on is null;
create index matter_ended on matter (department, ended_on desc, id) include (item) where ended_on is not null;
create index matter_handler on matter (handler, next_on, id) where ended_on is null;
create index matter_item on matter (item, department);
create index matter_search on matter using gin (matter_pairs(search));
create index matter_applicant on matter (applicant, id desc);
create index matter_running on matter (id) where ended_on is null;

-- The log. Every state follows from its steps; each entry is chained to the one before.
create table matter_log (
  matter uuid not null references matter (id),
  seq integer not null check (seq > 0),
  kind text not null check (kind in ('step', 'assigned', 'struck', 'reckoned')),
  at timestamptz not null,
  -- Steps: the action, the day that counts, and in which role it was done.
  action text,
  on_day date,
  role text,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  recorded boolean not null default false,
  key uuid,
  key_hash text,
  content jsonb not null,
  prev_hash text not null,
  hash text not null,
  primary key (matter, seq),
  unique (matter, key),
  check ((kind = 'step') = (action is not null and on_day is not null))
);

-- What was answered. It lies beside the log, which holds its hash: what law wants erased can go without breaking the chain.
create table matter_answers (
  matter uuid not null references matter (id),
  seq integer not null,
  -- Makes the hash unguessable.
  salt text not null,
  answers jsonb not null,
  primary key (matter, seq)
);

create table matter_paper (
  matter uuid not null references matter (id),
  no integer not null check (no > 0),
  -- Entry with which it came, and the one that struck it out.
  seq integer not null,
  struck integer,
  -- Material or document of the definition.
  what text not null,
  file uuid,
  -- Of what the platform made: its official number, and the code with which anybody verifies it.
  number text unique,
  code text unique,
  primary key (matter, no),
  check ((number is null) = (code is null))
);
create index matter_paper_file on matter_paper (file);

-- Runs of clocks as they were last reckoned.
create table matter_clock (
  matter uuid not null references matter (id),
  run integer not null,
  clock text not null,
  -- Id of the limit, and whose time it is.
  limit_id text not null,
  whose text not null check (whose in ('office', 'party', 'court')),
  -- Only counts for what is done.
  if_used boolean not null,
  started_on date not null,
  -- Null while it stands.
  due date,
  provisional boolean not null,
  ended_on date,
  how text check (how in ('met', 'expired', 'stopped')),
  primary key (matter, run),
  check ((ended_on is null) = (how is null))
);
create index matter_clock_open on matter_clock (due) where ended_on is null;

create table matter_draft (
  -- The key with which it will be sent; who has it has the draft.
  key uuid primary key,
  account text references auth."user" (id),
  item text not null,
  form jsonb not null,
  materials jsonb not null,
  version integer not null,
  saved_at timestamptz not null
);
create index matter_draft_account on matter_draft (account, saved_at desc);

-- Secret addresses under which calendars read last days, as SHA-256.
create table matter_calendar (
  account text primary key references auth."user" (id),
  hash text unique,
  made_at timestamptz,
  check ((hash is null) = (made_at is null))
);

create function matter_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'matter_log is append-only';
end $$;
create trigger matter_log_append_only before update or delete on matter_log
  for each statement execute function matter_log_is_append_only();
