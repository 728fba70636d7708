-- The searcher's workbench: history, saved queries, collections, tags, classification trees, watches.

-- What belongs to an account alone: the next number of its history and the secret address of its feed (as SHA-256).
create table workbench_account (
  account text primary key,
  next_history int not null default 1,
  feed_hash text unique,
  feed_at timestamptz
);

-- Every search that an account made. Numbers are never used twice.
create table workbench_history (
  account text not null,
  no int not null,
  text text not null,
  -- In the platform's own language with every reference replaced: what `#3` stands for.
  reading text not null,
  total bigint not null,
  at timestamptz not null,
  primary key (account, no)
);

create table workbench_query (
  id uuid primary key default uuidv7(),
  owner text not null,
  owner_name text not null,
  -- Members of this organisation see and use it too.
  organisation text,
  public boolean not null default false,
  name text not null,
  note text not null default '',
  q text not null default '',
  dialect text,
  filter text not null default '',
  reading text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create unique index workbench_query_name on workbench_query (owner, lower(name)) where deleted_at is null;
create index workbench_query_organisation on workbench_query (organisation) where organisation is not null;

-- Collections and classification trees: who owns them and who else may read or change them.
create table workbench_object (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('collection', 'tree')),
  name text not null,
  note text not null default '',
  owner text not null,
  owner_name text not null,
  organisation text,
  public boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by_name text not null,
  deleted_at timestamptz
);
create index workbench_object_owner on workbench_object (owner);
create index workbench_object_organisation on workbench_object (organisation) where organisation is not null;

create table workbench_share (
  object uuid not null references workbench_object (id),
  account text not null,
  edit boolean not null,
  primary key (object, account)
);
create index workbench_share_account on workbench_share (account);

-- Publications in a collection. What was taken out stays with its note, and comes back with it.
create table workbench_item (
  collection uuid not null references workbench_object (id),
  number text not null,
  note text not null default '',
  added_at timestamptz not null,
  added_by text not null,
  added_by_name text not null,
  version int not null default 1,
  removed_at timestamptz,
  primary key (collection, number)
);
create index workbench_item_number on workbench_item (number);
create index workbench_item_order on workbench_item (collection, added_at desc, number desc) where removed_at is null;

create sequence workbench_order;

-- What people decided of a publication in a place: a collection (keep, dismiss), a node of a tree (in, out), a sample
-- (relevant, irrelevant). One word per person, and at most one that settles where persons differ.
create table workbench_decision (
  place uuid not null,
  number text not null,
  account text not null,
  account_name text not null,
  choice text check (choice in ('keep', 'dismiss', 'in', 'out', 'relevant', 'irrelevant')),
  rating smallint check (rating between 1 and 5),
  why text not null default '',
  settles boolean not null default false,
  at timestamptz not null,
  seq bigint not null default nextval('workbench_order'),
  check (choice is not null or rating is not null)
);
create unique index workbench_decision_own on workbench_decision (place, number, account) where not settles;
create unique index workbench_decision_settling on workbench_decision (place, number) where settles;

-- What holds: the settling word, else the latest. Disputed: persons differ and nobody settled it, or somebody has said
-- something else since.
create view workbench_standing as
select d.place, d.number,
       coalesce(s.choice,
         (array_agg(d.choice order by d.seq desc) filter (where d.choice is not null and not d.settles))[1]) as choice,
       case when s.place is null then count(distinct d.choice) filter (where not d.settles) > 1
            else coalesce(bool_or(not d.settles and d.choice is not null and d.seq > s.seq and d.choice <> s.choice), false)
       end as disputed,
       s.place is not null as settled,
       (avg(d.rating) filter (where not d.settles))::float8 as rating,
       (count(d.rating) filter (where not d.settles))::int as ratings
  from workbench_decision d
  left join workbench_decision s on s.place = d.place and s.number = d.number and s.settles
 group by d.place, d.number, s.place, s.choice, s.seq;

-- Who did what when, in collections and trees. Append-only.
create table workbench_log (
  seq bigint primary key default nextval('workbench_order'),
  object uuid not null,
  at timestamptz not null,
  account text not null,
  account_name text not null,
  action text not null,
  numbers text[] not null default '{}',
  detail jsonb not null default '{}'
);
create index workbench_log_object on workbench_log (object, seq desc);
create function workbench_log_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'workbench_log is append-only';
end $$;
create trigger workbench_log_append_only before update or delete on workbench_log
  for each row execute function workbench_log_append_only();

-- Words for publications, of one account or of an organisation.
create table workbench_tag (
  id uuid primary key default uuidv7(),
  owner text,
  organisation text,
  name text not null,
  colour text not null,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  check (num_nonnulls(owner, organisation) = 1)
);
create unique index workbench_tag_name on workbench_tag (owner, organisation, lower(name)) nulls not distinct;

create table workbench_tagged (
  tag uuid not null references workbench_tag (id) on delete cascade,
  number text not null,
  account text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (tag, number)
);
create index workbench_tagged_number on workbench_tagged (number);

-- Nodes of classification trees. A node without a query holds only what people put there.
create table workbench_node (
  id uuid primary key default uuidv7(),
  tree uuid not null references workbench_object (id),
  parent uuid references workbench_node (id),
  name text not null,
  note text not null default '',
  q text not null default '',
  dialect text,
  filter text not null default '',
  reading text not null default '',
  position int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by_name text not null,
  deleted_at timestamptz
);
create index workbench_node_tree on workbench_node (tree);

-- How good a node is: a random sample that people judge (precision), or a list known to be relevant (recall).
create table workbench_check (
  id uuid primary key default uuidv7(),
  node uuid not null references workbench_node (id),
  kind text not null check (kind in ('precision', 'recall')),
  seed bigint,
  numbers text[] not null,
  -- Recall: those that the node held.
  found text[] not null default '{}',
  -- Recall: those that the corpus did not hold at all.
  absent int not null default 0,
  -- Publications in the node then.
  population bigint not null,
  corpus_version bigint not null,
  reading text not null,
  source text not null default '',
  at timestamptz not null,
  account text not null,
  account_name text not null
);
create index workbench_check_node on workbench_check (node);

create table workbench_watch (
  id uuid primary key default uuidv7(),
  account text not null,
  name text not null,
  kind text not null check (kind in ('query', 'saved', 'applicant', 'class', 'collection')),
  q text not null default '',
  dialect text,
  filter text not null default '',
  reading text not null default '',
  -- An applicant's name or a class symbol.
  subject text not null default '',
  saved uuid references workbench_query (id),
  collection uuid references workbench_object (id),
  active boolean not null default true,
  notice text not null check (notice in ('each', 'daily', 'weekly', 'none')),
  -- Feeds a public query: it is run as a visitor, and is in no list of its owner's watches.
  feed boolean not null default false,
  -- Everything up to this version of the corpus was looked at.
  seen_version bigint not null,
  -- Why it could not be run last time.
  error_zh text,
  error_en text,
  version int not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index workbench_watch_account on workbench_watch (account);
create index workbench_watch_behind on workbench_watch (seen_version) where active and deleted_at is null;

-- What a watch found between two versions of the corpus. Written together with workbench_watch.seen_version.
create table workbench_run (
  id uuid primary key default uuidv7(),
  watch uuid not null references workbench_watch (id),
  from_version bigint not null,
  to_version bigint not null,
  fresh int not null,
  changed int not null,
  gone int not null,
  at timestamptz not null,
  read_at timestamptz,
  -- When it was in a digest.
  told_at timestamptz,
  seq bigint not null default nextval('workbench_order'),
  unique (watch, from_version)
);
create index workbench_run_watch on workbench_run (watch, seq desc);
create index workbench_run_untold on workbench_run (watch) where told_at is null;

create table workbench_alert (
  run uuid not null references workbench_run (id),
  kind text not null check (kind in ('fresh', 'changed', 'gone')),
  number text not null,
  primary key (run, kind, number)
);

-- Addresses that are told of alerts. The secret is sealed with a key that lies outside the store.
create table workbench_webhook (
  id uuid primary key default uuidv7(),
  account text not null,
  url text not null,
  secret text not null,
  -- Null: all watches of the account.
  watch uuid references workbench_watch (id),
  active boolean not null default true,
  why text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index workbench_webhook_account on workbench_webhook (account);

-- The outbox: its id is the message's id, the same at every attempt.
create table workbench_delivery (
  id uuid primary key default uuidv7(),
  webhook uuid not null references workbench_webhook (id),
  -- Null: a trial.
  run uuid references workbench_run (id),
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  next_at timestamptz not null,
  status int,
  error text not null default '',
  created_at timestamptz not null,
  delivered_at timestamptz,
  unique (webhook, run)
);
create index workbench_delivery_waiting on workbench_delivery (next_at) where state = 'waiting';
