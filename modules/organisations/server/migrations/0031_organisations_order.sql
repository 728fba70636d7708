-- The list of living organisations is read in the order of names, or the latest change first, a page at a time.
create index organisation_live on organisation (name_normal, id) where merged_into is null;
create index organisation_live_changed on organisation (updated_at, id) where merged_into is null;
