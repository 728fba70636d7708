-- What was learned from schemes and records (modules/patents, similar): the newest model of a kind is the one in use. The
-- bytes are a stored file.
create table patent_model (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('translation', 'subclasses')),
  file_id uuid not null references stored_file (id),
  -- What it was learned from and how well it did on what it had not seen.
  info jsonb not null,
  learned_at timestamptz not null,
  seq integer not null,
  unique (kind, seq)
);
