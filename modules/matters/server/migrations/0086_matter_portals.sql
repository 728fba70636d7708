-- Through which portal a matter came, and the bodies that had it one after the other.
alter table matter add column portal text;
alter table matter_draft add column portal text;

-- Handed to another body. The log holds reason and ground; who had the matter reads it up to this entry.
create table matter_transfer (
  matter uuid not null references matter (id),
  -- Entry of the log.
  seq integer not null,
  from_department text not null,
  to_department text not null,
  on_day date not null,
  primary key (matter, seq),
  check (from_department <> to_department)
);
create index matter_transfer_from on matter_transfer (from_department, on_day desc, matter);

-- The desk narrows by portal, and counts from the index alone.
drop index matter_desk, matter_done;
create index matter_desk on matter (department, next_on, id) include (handler, item, portal) where done_on is null;
create index matter_done on matter (department, done_on desc, id) include (item, portal) where done_on is not null;
