-- Time stamps (RFC 3161) over the heads of logs. Many heads are stamped at once: what is stamped is a list of salted hashes,
-- of which each matter shows its own.

create table matter_stamp (
  id uuid primary key,
  -- When the platform stored it; gen_time is when the authority says that it stamped.
  at timestamptz not null,
  gen_time timestamptz not null,
  -- Name, policy and serial number as the answer gives them, and the trusted root by which it was believed, as PEM.
  authority text not null,
  policy text not null,
  serial text not null,
  root text not null,
  -- What was stamped: hashes in hex, one a line, sorted.
  list text not null,
  -- The authority's answer as it came (DER).
  answer bytea not null
);

-- Which heads a stamp covers. The line in its list is the SHA-256 of salt, number, seq and hash, each with a line feed.
create table matter_stamped (
  matter uuid not null,
  seq integer not null,
  stamp uuid not null references matter_stamp (id),
  -- Makes the line unguessable for those who see the list with another matter.
  salt text not null,
  primary key (matter, seq, stamp),
  foreign key (matter, seq) references matter_log (matter, seq)
);
create index matter_stamped_stamp on matter_stamped (stamp);

-- Number of the last entry that is stamped: derived, so that what is not yet is found without looking at all.
alter table matter add column stamped integer not null default 0;
create index matter_unstamped on matter (id) where stamped < version;

create function matter_stamps_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'time stamps are append-only';
end $$;
create trigger matter_stamp_append_only before update or delete on matter_stamp
  for each statement execute function matter_stamps_are_append_only();
create trigger matter_stamped_append_only before update or delete on matter_stamped
  for each statement execute function matter_stamps_are_append_only();
