-- What a run was asked for and which worker is at it, so that work of a worker that died is done all the same.
alter table job_run add column data jsonb not null default '{}', add column worker text;
create index job_run_open on job_run (state) where state in ('waiting', 'running');
