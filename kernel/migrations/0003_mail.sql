-- Mail from the inbox (kernel/notify/mail.ts). A message is claimed before it is handed to the mail server and never
-- claimed again unless the server refused it: after a crash in the middle it is rather lost than sent twice.
alter table notification
  add column mail_claimed_at timestamptz,
  add column mail_after timestamptz,
  add column mail_attempts integer not null default 0,
  add column mail_error text;
create index notification_to_mail on notification (created_at) where mailed_at is null and mail_claimed_at is null;
