-- Departments and regions as living records: laid in from the city pack, changed by administrators, never deleted.
create table party (
  kind text not null check (kind in ('department', 'region')),
  id text not null,
  doc jsonb not null,
  -- pack: as in the pack; edited: differs from it by hand; added: made by hand, unknown to the pack.
  origin text not null check (origin in ('pack', 'edited', 'added')),
  -- SHA-256 of the pack's entry when the row was last brought in line with it or edited away from it.
  pack_hash text,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by text,
  updated_by_name text not null,
  primary key (kind, id)
);

-- Every version of every row.
create table party_history (
  kind text not null,
  id text not null,
  version integer not null,
  doc jsonb not null,
  origin text not null,
  at timestamptz not null,
  by_id text,
  by_name text not null,
  primary key (kind, id, version),
  foreign key (kind, id) references party (kind, id)
);
