-- Officers who sit on a matter's panel (合议组), and those who may have nothing to do with it (回避).
create table matter_seat (
  matter uuid not null references matter (id),
  account text not null,
  part text not null check (part in ('presiding', 'member', 'clerk', 'recused')),
  since integer not null,
  until integer,
  primary key (matter, account, since)
);
create index matter_seat_recused on matter_seat (account, matter) where part = 'recused' and until is null;
