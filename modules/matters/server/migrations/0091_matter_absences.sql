-- Who of an office is away, and who covers (外出代管). It ends by itself with its last day, or earlier.
create table matter_absence (
  id uuid primary key default uuidv7(),
  department text not null,
  account text not null references auth."user" (id),
  cover text not null references auth."user" (id),
  from_on date not null,
  to_on date not null,
  entered_at timestamptz not null,
  -- When it was ended before its last day; null where it was not.
  ended_at timestamptz,
  check (account <> cover),
  check (from_on <= to_on)
);
create index matter_absence_days on matter_absence (department, to_on) where ended_at is null;
