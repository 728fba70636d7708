-- Answers that say who somebody is, sealed: whoever opens them gives a reason, which stands in the log.
create table matter_vault (
  matter uuid not null references matter (id),
  -- Entry with which they were given; its log entry holds the SHA-256 of what is sealed.
  seq integer not null,
  sealed text not null,
  primary key (matter, seq)
);

alter table matter_log drop constraint matter_log_kind_check;
alter table matter_log add constraint matter_log_kind_check
  check (kind in ('step', 'assigned', 'struck', 'reckoned', 'admitted', 'recoded', 'dismissed', 'served', 'unsealed'));

-- Papers belong to matters: no account stands beside them.
update stored_file set owner_id = null where purpose = 'matter-paper';
