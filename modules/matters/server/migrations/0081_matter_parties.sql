-- Parties: whoever is let in to a matter, each with a code of their own. The applicant is the first; others and agents follow.

create table matter_party (
  matter uuid not null references matter (id),
  no integer not null check (no > 0),
  -- Party's role of the definition.
  role text not null,
  name text not null,
  -- Number of the party for which an agent acts, by a power of attorney; null for a party itself.
  acts_for integer,
  -- With it and the number somebody without an account finds the matter.
  code text not null,
  account text references auth."user" (id),
  -- Entry of the log with which they were let in, and the one that ended it.
  since integer not null,
  until integer,
  primary key (matter, no)
);
create index matter_party_account on matter_party (account, matter desc) where until is null;

insert into matter_party (matter, no, role, name, code, account, since)
  select m.id, 1, l.role, m.name, m.code, m.applicant, 1 from matter m join matter_log l on l.matter = m.id and l.seq = 1;
alter table matter drop column code, drop column applicant;

-- When a party first opened a paper that was served: the moment cannot be taken back.
create table matter_opening (
  matter uuid not null,
  paper integer not null,
  party integer not null,
  at timestamptz not null,
  primary key (matter, paper, party),
  foreign key (matter, paper) references matter_paper (matter, no),
  foreign key (matter, party) references matter_party (matter, no)
);

alter table matter_log drop constraint matter_log_kind_check;
alter table matter_log add constraint matter_log_kind_check
  check (kind in ('step', 'assigned', 'struck', 'reckoned', 'admitted', 'recoded', 'dismissed', 'served'));

-- When a matter left the desk: on the day of its end, once the office owes nothing more within a time, such as telling somebody what was
-- decided. Null before.
alter table matter add column done_on date;
update matter set done_on = ended_on where not exists (
  select 1 from matter_clock c
   where c.matter = matter.id and c.whose = 'office' and not c.if_used and c.ended_on is null);
drop index matter_desk, matter_ended, matter_handler, matter_running;
create index matter_desk on matter (department, next_on, id) include (handler, item) where done_on is null;
create index matter_done on matter (department, done_on desc, id) include (item) where done_on is not null;
create index matter_handler on matter (handler, next_on, id) where done_on is null;
create index matter_running on matter (id) where done_on is null;
