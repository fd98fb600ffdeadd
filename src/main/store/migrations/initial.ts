/*
 * The main database. All times are ms since the epoch, all booleans 0 or 1.
 *
 * A resource's `doc` is JSON text of what a client may write, in canonical form and beginning with `"schemas"`; id, meta, externalId and
 * groups are spliced in when it is answered (see directory/read/represent.ts), so that a read parses nothing.
 * Columns ending in `_key` hold the case-folded text (scim/text/fold.ts) that filters and uniqueness compare.
 * `user_emails`, `external_ids` and `page_buckets` are derived from the resources in the same transaction.
 */
export const initial = `
create table settings (
  name text not null primary key,
  value text not null
) strict, without rowid;
insert into settings values ('config_version', '1');

create table directories (
  id integer primary key,
  slug text not null unique,
  name text not null,
  created_at integer not null
) strict;

create table integrations (
  id integer primary key,
  directory_id integer not null references directories (id),
  slug text not null unique,
  name text not null,
  idp text not null,
  enabled integer not null default 1,
  paused_at integer,
  administrator_seq integer not null references users (seq),
  policy text not null,
  created_at integer not null
) strict;
create index integrations_by_administrator on integrations (administrator_seq);

create table tokens (
  id integer primary key,
  integration_id integer not null references integrations (id),
  prefix text not null,
  state text not null check (state in ('active', 'retiring', 'void')),
  created_at integer not null,
  expires_at integer,
  -- a retiring token works until its successor is first used, and until this moment at most
  retires_at integer,
  voided_at integer,
  first_used_at integer,
  last_used_at integer
) strict;
create index tokens_by_integration on tokens (integration_id, state);

create table custom_attributes (
  id integer primary key,
  directory_id integer not null references directories (id),
  urn text not null collate nocase,
  name text not null collate nocase,
  type text not null,
  multi_valued integer not null,
  -- 1 while its values are being taken out of the resources
  removing integer not null default 0,
  created_at integer not null,
  unique (directory_id, urn, name)
) strict;

create table users (
  seq integer primary key,
  directory_id integer not null references directories (id),
  id text not null unique,
  user_name text not null,
  user_name_key text not null,
  display_name_key text,
  active integer not null,
  source text not null check (source in ('local', 'scim')),
  role text not null check (role in ('user', 'user-manager', 'administrator')),
  managed_by integer references integrations (id),
  -- 1 for local administrators: SCIM never sees them
  hidden integer not null default 0,
  version integer not null,
  created_at integer not null,
  modified_at integer not null,
  archived_at integer,
  -- JSON object: integration id -> externalId
  external_ids text,
  doc text not null
) strict;
create unique index users_by_user_name on users (directory_id, user_name_key) where archived_at is null;
create index users_listed on users (directory_id) where archived_at is null and hidden = 0;
create index users_inactive on users (directory_id) where archived_at is null and active = 0;
create index users_archived on users (directory_id, archived_at) where archived_at is not null;
create index users_with_role on users (directory_id, role) where role <> 'user';
create index users_by_display_name on users (directory_id, display_name_key);
create index users_by_created on users (directory_id, created_at);
create index users_by_modified on users (directory_id, modified_at);

create table groups (
  seq integer primary key,
  directory_id integer not null references directories (id),
  id text not null unique,
  display_name text not null,
  display_name_key text not null,
  source text not null check (source in ('local', 'scim')),
  managed_by integer references integrations (id),
  version integer not null,
  created_at integer not null,
  modified_at integer not null,
  archived_at integer,
  external_ids text,
  doc text not null
) strict;
create unique index groups_by_display_name on groups (directory_id, display_name_key) where archived_at is null;
create index groups_listed on groups (directory_id) where archived_at is null;
create index groups_archived on groups (directory_id, archived_at) where archived_at is not null;
create index groups_by_created on groups (directory_id, created_at);
create index groups_by_modified on groups (directory_id, modified_at);

-- kind: 0 a user, 1 a group
create table memberships (
  group_seq integer not null references groups (seq),
  kind integer not null check (kind in (0, 1)),
  member_seq integer not null,
  primary key (group_seq, kind, member_seq)
) strict, without rowid;
create index memberships_by_member on memberships (kind, member_seq, group_seq);

-- the memberships of an archived member, for its restoration
create table archived_memberships (
  kind integer not null check (kind in (0, 1)),
  member_seq integer not null,
  group_seq integer not null references groups (seq),
  primary key (kind, member_seq, group_seq)
) strict, without rowid;
create index archived_memberships_by_group on archived_memberships (group_seq);

create table user_emails (
  directory_id integer not null,
  value_key text not null,
  user_seq integer not null,
  primary key (directory_id, value_key, user_seq)
) strict, without rowid;

create table external_ids (
  integration_id integer not null,
  kind integer not null check (kind in (0, 1)),
  value text not null,
  seq integer not null,
  primary key (integration_id, kind, value, seq)
) strict, without rowid;

-- how many listed resources have seq >> 10 = bucket: what finds a deep page without counting through; bucket -1 counts all of them
create table page_buckets (
  directory_id integer not null,
  kind integer not null,
  bucket integer not null,
  listed integer not null,
  primary key (directory_id, kind, bucket)
) strict, without rowid;

-- the audit: one row a modification, in the transaction of what it records; attributes holds {"name": [before, after]}.
-- The id is a moment in microseconds, made unique by the writer, so that ids rise with time.
create table changes (
  kind integer not null,
  seq integer not null,
  id integer not null,
  at integer not null,
  directory_id integer not null,
  resource_id text not null,
  action text not null,
  actor text not null,
  integration_id integer,
  request_id text,
  attributes text,
  primary key (kind, seq, id)
) strict, without rowid;

create trigger config_after_integration_insert after insert on integrations
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_integration_update after update on integrations
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_token_insert after insert on tokens
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_token_state after update of state, retires_at, expires_at on tokens
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_attribute_insert after insert on custom_attributes
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_attribute_update after update on custom_attributes
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_attribute_delete after delete on custom_attributes
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_directory_insert after insert on directories
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_setting_insert after insert on settings when new.name <> 'config_version'
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_setting_change after update of value on settings when new.name <> 'config_version'
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_administrator_change after update of active, role, archived_at, source on users
  when exists (select 1 from integrations where administrator_seq = new.seq)
  begin update settings set value = value + 1 where name = 'config_version'; end;
`
