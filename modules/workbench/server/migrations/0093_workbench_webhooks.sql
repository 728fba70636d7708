-- Webhooks became a module of their own (0092). Each one goes on as it was: address, secret, what waits, under the same ids.
insert into webhook (id, account, url, secret, active, why, version, created_at, deleted_at)
select id, account, url, secret, active, why, version, created_at, deleted_at from workbench_webhook;

insert into webhook_want (webhook, source, types, topics)
select id, 'watches', '{workbench.watch.found}', case when watch is not null then array[watch::text] end
  from workbench_webhook;

insert into webhook_delivery
  (id, webhook, type, ref, state, attempts, next_at, status, error, created_at, delivered_at)
select id, webhook, case when run is null then 'webhook.test' else 'workbench.watch.found' end, run::text,
       state, attempts, next_at, status, error, created_at, delivered_at
  from workbench_delivery;

drop table workbench_delivery;
drop table workbench_webhook;
