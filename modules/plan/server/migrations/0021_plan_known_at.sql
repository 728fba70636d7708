-- The moment of which the figures of a frozen year are known. Editions from before are known as of their freeze.
alter table plan_snapshot add column known_at timestamptz;
