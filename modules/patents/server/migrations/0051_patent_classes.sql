-- Classification schemes as their official files say them (modules/patents, classes). Files are only ever added; the newest
-- edition of a scheme is the current one, and a later file of the same edition, kind and scope stands in for an earlier one.
create table patent_class_file (
  id uuid primary key default uuidv7(),
  scheme text not null check (scheme in ('ipc', 'cpc', 'fields')),
  -- Edition as year and month, 2026.01: its order as text is its order in time.
  version text not null check (version ~ '^\d{4}\.\d{2}$'),
  format text not null check (format in ('scheme-csv', 'ipc-xml', 'cpc-xml', 'titles', 'concordance', 'fields')),
  lang text check (lang in ('zh', 'en')),
  -- What all symbols of the file lie in (A01B, or empty for a whole scheme); title lists add their level.
  scope text not null,
  sha256 text not null,
  name text not null,
  licence text not null,
  rows integer not null,
  -- Rows that were left out for faults of their own, and the first 200 of them.
  left_out integer not null,
  faults jsonb not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  -- Order of loading; it rises with every file, so that whoever keeps a scheme in memory sees that there is more.
  seq integer not null unique,
  unique (scheme, version, sha256)
);

create table patent_class_entry (
  file_id uuid not null references patent_class_file (id) on delete cascade,
  ord integer not null,
  symbol text not null,
  -- Null where the file does not say more than the spelling of the symbol.
  parent text,
  -- 0 section, 1 class, 2 subclass, 3 main group, then one more for each dot; null for a subgroup whose dots are not recorded.
  depth smallint,
  title text not null,
  primary key (file_id, ord)
);

-- What became of a symbol: documents of the old one are found by a question for the new one.
create table patent_class_concordance (
  file_id uuid not null references patent_class_file (id) on delete cascade,
  ord integer not null,
  old_symbol text not null,
  new_symbol text not null,
  since text,
  primary key (file_id, ord)
);

-- The technology fields of WIPO: which beginnings of a symbol (as sort key) belong to which field.
create table patent_class_field (
  file_id uuid not null references patent_class_file (id) on delete cascade,
  ord integer not null,
  prefix text not null,
  field smallint not null,
  title text not null,
  sector text not null,
  primary key (file_id, ord)
);
