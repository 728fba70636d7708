-- Imports of patents: what was asked, how far it has come, exact counts (modules/patents).
create table patent_import (
  id uuid primary key default uuidv7(),
  file_id uuid references stored_file (id),
  file_name text not null,
  size bigint not null,
  format text not null check (format in ('xlsx', 'csv', 'jsonl', 'demo')),
  sheet text,
  encoding text,
  delimiter text,
  header_row integer,
  mapping jsonb,
  state text not null check (state in ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
  requested text check (requested in ('pause', 'cancel')),
  -- Rises whenever a worker takes the import over; a former worker's checkpoints no longer fit.
  epoch integer not null default 0,
  -- Last finished batch, and the last row of the file that belongs to it.
  batch integer not null default 0,
  position bigint not null default 0,
  accepted bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  bytes_done bigint not null default 0,
  run_ms bigint not null default 0,
  error_code text,
  error_params jsonb,
  created_by text,
  created_by_name text not null,
  created_by_role text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index patent_import_state on patent_import (state) where state in ('waiting', 'running');

-- Faults of rejected rows; a row may have several.
create table patent_import_reject (
  import_id uuid not null references patent_import (id) on delete cascade,
  row bigint not null,
  seq smallint not null,
  field text not null,
  value text not null,
  reason_zh text not null,
  reason_en text not null,
  primary key (import_id, row, seq)
);

-- Column mappings that were used, offered again for the same heads.
create table patent_mapping (
  id uuid primary key default uuidv7(),
  name text not null,
  signature text not null unique,
  header jsonb not null,
  mapping jsonb not null,
  used_at timestamptz not null default now()
);

-- Order of writes to the corpus: the higher version wins.
create sequence patent_version;
