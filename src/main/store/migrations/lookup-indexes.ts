/*
 * Indexes of attributes that have none of their own, each made where somebody is looked up by it (docs/decisions/0140). They are for users.
 * `lookup_keys` is derived from the users' documents in the same transaction, for those that are building or ready; archived and hidden users
 * stand in it too, as in `user_emails`. A number is never given twice: what is left of an index is never taken for another's.
 */
export const lookupIndexes = `
create table lookup_indexes (
  id integer primary key autoincrement,
  directory_id integer not null references directories (id),
  -- the URN under which the attribute stands in a document; empty for one of the core schema
  extension text not null,
  attribute text not null,
  -- empty where the attribute itself holds the values
  sub_attribute text not null,
  -- declined: the admin has removed it, and it is not made again by itself
  state text not null check (state in ('building', 'ready', 'dropping', 'declined')),
  -- why it was made
  origin text not null check (origin in ('admin', 'matching-attribute', 'lookups')),
  -- while it is being built: who is in it, up to this row of users
  after_seq integer not null default 0,
  -- while it is dropped: whether it is declined afterwards
  is_declined integer not null default 0,
  created_at integer not null,
  ready_at integer,
  unique (directory_id, extension, attribute, sub_attribute)
) strict;

create table lookup_keys (
  index_id integer not null,
  value_key text not null,
  user_seq integer not null,
  primary key (index_id, value_key, user_seq)
) strict, without rowid;

create trigger config_after_lookup_index_insert after insert on lookup_indexes
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_lookup_index_state after update of state on lookup_indexes
  begin update settings set value = value + 1 where name = 'config_version'; end;
create trigger config_after_lookup_index_delete after delete on lookup_indexes
  begin update settings set value = value + 1 where name = 'config_version'; end;
`
