-- Addresses that are told of what happens. The secret is sealed with a key that lies outside the store.
create table webhook (
  id uuid primary key default uuidv7(),
  account text not null,
  url text not null,
  secret text not null,
  active boolean not null default true,
  -- Why it was switched off.
  why text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index webhook_account on webhook (account) where deleted_at is null;

-- What a webhook wants to hear of: types of messages of one source, and of which things; null of all.
create table webhook_want (
  webhook uuid not null references webhook (id),
  source text not null,
  types text[] not null check (cardinality(types) > 0),
  topics text[] check (cardinality(topics) > 0),
  primary key (webhook, source)
);

-- What happened, written where it happened and gone once it was handed to the webhooks that hear of it. `ref` is what its
-- source knows it by: the body of a message is read from there when it is sent.
create table webhook_event (
  id uuid primary key default uuidv7(),
  type text not null,
  ref text not null,
  at timestamptz not null
);

-- The outbox: its id is the message's id, the same at every attempt.
create table webhook_delivery (
  id uuid primary key default uuidv7(),
  webhook uuid not null references webhook (id),
  type text not null,
  -- Null: a trial.
  ref text,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'withheld')),
  attempts int not null default 0,
  next_at timestamptz not null,
  status int,
  error text not null default '',
  -- When it happened.
  created_at timestamptz not null,
  delivered_at timestamptz,
  unique (webhook, type, ref)
);
create index webhook_delivery_waiting on webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_webhook on webhook_delivery (webhook, id desc);
