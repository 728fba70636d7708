-- The times that a running matter was moved to another version of its item. The log holds reason and ground; steps before the entry
-- follow the earlier version, steps after it the later one.
create table matter_version_change (
  matter uuid not null references matter (id),
  -- Entry of the log.
  seq integer not null,
  from_definition text not null references matter_definition (hash),
  to_definition text not null references matter_definition (hash),
  primary key (matter, seq),
  check (from_definition <> to_definition)
);
