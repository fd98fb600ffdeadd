import { idNamesNoRow } from '../resources/row-with-id.ts'

/*
 * Fewer indexes for a create to write. An id of ours names its row, so the index of ids holds those of another making alone, and who is
 * managed by whom is told by the index of the listed users.
 *
 * SQLite has no statement that takes the uniqueness away from a column; to copy the tables instead would write all of them
 * anew, and take twice the disk. The index that SQLite made for it is the same on disk as one that was made by name, so it gets a name, and is dropped.
 */
function withoutIndexOfIds(table: 'users' | 'groups'): string {
  return `
update sqlite_schema set sql = replace(sql, 'id text not null unique,', 'id text not null,') where type = 'table' and name = '${table}';
update sqlite_schema set name = '${table}_by_any_id', sql = 'create unique index ${table}_by_any_id on ${table} (id)'
  where type = 'index' and name = 'sqlite_autoindex_${table}_1';
`
}

export const fewerIndexes = `
pragma writable_schema = on;
${withoutIndexOfIds('users')}
${withoutIndexOfIds('groups')}
pragma writable_schema = reset;

drop index users_by_any_id;
drop index groups_by_any_id;
create unique index users_by_id on users (id) where ${idNamesNoRow};
create unique index groups_by_id on groups (id) where ${idNamesNoRow};

drop index users_managed;
drop index users_listed;
create index users_listed on users (directory_id, created_at, seq, managed_by) where archived_at is null and hidden = 0;
drop index groups_listed;
create index groups_listed on groups (directory_id, created_at, seq) where archived_at is null;

-- up to which row page_buckets counts; who is listed behind it is counted there
create table counted_to (
  directory_id integer not null,
  kind integer not null check (kind in (0, 1)),
  seq integer not null,
  primary key (directory_id, kind)
) strict, without rowid;
insert into counted_to
  select id, 0, (select ifnull(max(seq), 0) from users) from directories
  union all
  select id, 1, (select ifnull(max(seq), 0) from groups) from directories;
`
