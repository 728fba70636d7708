-- Imports and bulk changes: prepared, looked at, then applied. What they changed stands in register_change.

create table register_batch (
  id uuid primary key,
  register text not null,
  kind text not null check (kind in ('import', 'bulk')),
  state text not null check (state in ('preparing', 'ready', 'applying', 'done', 'failed', 'cancelled')),
  file_id uuid references stored_file (id),
  sheet text,
  -- What was asked for: columns and state of an import; selection and change of a bulk change.
  request jsonb not null,
  mode text not null check (mode in ('correct', 'change')),
  from_day date,
  reason text,
  basis text,
  -- rows = added + changed + unchanged + rejected
  added int not null,
  changed int not null,
  unchanged int not null,
  rejected int not null,
  done int not null,
  total int,
  notes jsonb not null,
  columns jsonb not null,
  error jsonb,
  lang text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index register_batch_register on register_batch (register, created_at desc);
create index register_batch_file on register_batch (file_id) where file_id is not null;

-- What would become of each row, and what became of it. `data` is the whole new content, `before` what the changed fields
-- held, `action` a step of a bulk change.
create table register_batch_row (
  batch uuid not null references register_batch (id) on delete cascade,
  row int not null,
  kind text not null check (kind in ('added', 'changed', 'unchanged', 'rejected')),
  no text,
  version int,
  title text not null,
  data jsonb,
  before jsonb,
  changed jsonb not null,
  issues jsonb not null,
  applied boolean not null,
  primary key (batch, row)
);
create index register_batch_row_kind on register_batch_row (batch, kind, row);
create index register_batch_row_todo on register_batch_row (batch, row)
  where kind in ('added', 'changed') and not applied;
