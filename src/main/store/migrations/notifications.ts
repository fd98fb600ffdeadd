/*
 * What is told to whom: messages until they are delivered, alerts until they are over.
 */
export const notifications = `
-- what is to be told to somebody, until it has been; content is JSON, see notify/outbox-content.ts.
-- Of what is due, a recipient gets the lowest id first, and nothing else while that one is being sent or waits for another attempt.
create table outbox (
  id integer primary key,
  -- the same thing is never queued twice
  key text not null unique,
  channel text not null check (channel in ('mail', 'webhook', 'desktop')),
  -- an e-mail address, or the id of a webhook
  recipient text not null,
  rule text not null,
  content text not null,
  -- 1 for what is sent together with others
  digest integer not null,
  created_at integer not null,
  not_before integer not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  retry_at integer,
  -- the process that is sending it, and until when it is believed
  claimed_by text,
  claimed_until integer,
  problem text,
  ended_at integer
) strict;
create index outbox_waiting on outbox (channel, recipient, id) where state = 'waiting';
create index outbox_ended on outbox (state, ended_at) where state <> 'waiting';

-- what has been raised and is not over
create table alerts (
  rule text not null,
  subject text not null,
  level text not null,
  raised_at integer not null,
  summary text not null,
  primary key (rule, subject)
) strict, without rowid;

-- how far the notifier has looked: into the cycles of each integration, into the changes
create table notify_marks (
  name text not null primary key,
  value integer not null
) strict, without rowid;

create table webhooks (
  id integer primary key,
  name text not null,
  url text not null,
  -- JSON array of rules, null for all of them
  rules text,
  -- 1 where the host may be a private one
  allows_private integer not null,
  created_at integer not null
) strict;

create table welcome_mails (
  integration_id integer primary key references integrations (id),
  -- since when people get one; null while it is switched off
  enabled_since integer,
  subject text not null,
  text text not null,
  html text
) strict;

-- who has had one, by the SHA-256 of name and address: it outlives the user
create table welcomed (
  directory_id integer not null,
  person text not null,
  at integer not null,
  primary key (directory_id, person)
) strict, without rowid;
`
