-- What the parties of a matter and its office write to each other. It can be erased: the log holds the hash of salt and text.
create table matter_message (
  matter uuid not null references matter (id),
  -- Entry with which it was written.
  seq integer not null,
  -- The party that wrote it, or to whom the office did; whoever stands for the same party reads it.
  party integer not null,
  from_office boolean not null,
  -- Makes the hash unguessable.
  salt text not null,
  text text not null check (text <> ''),
  primary key (matter, seq),
  foreign key (matter, party) references matter_party (matter, no)
);

-- The day of the first message that the office has not answered; null where there is none.
alter table matter add column asked_on date;
-- What is included is what the desk counts.
create index matter_asked on matter (department, asked_on, id) include (item) where asked_on is not null;
