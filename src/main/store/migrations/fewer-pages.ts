/*
 * Fewer pages for a commit to write. `created_at` never falls as `seq` rises, so that one index lists resources in both orders; who was
 * never changed is found by it as well and stands in no index of changes. An e-mail address that is the userName too is found by that.
 * Changes are only appended: each names the one before it of the same resource, and the resource names its last one.
 */
export const fewerPages = `
alter table users add column last_change integer;
alter table groups add column last_change integer;

create table numbered as
  select row_number() over (order by id, kind, seq) as number, changes.* from changes;
drop table changes;
-- the audit: one row a modification, in the transaction of what it records; attributes holds {"name": [before, after]}.
-- The id is a moment in microseconds, made unique by the writer, so that ids rise with time; previous is the resource's change before.
create table changes (
  id integer primary key,
  previous integer,
  at integer not null,
  directory_id integer not null,
  kind integer not null,
  resource_id text not null,
  action text not null,
  actor text not null,
  integration_id integer,
  request_id text,
  attributes text
) strict;
insert into changes
  select number, lag(number) over (partition by kind, resource_id order by number), at, directory_id, kind, resource_id, action, actor,
    integration_id, request_id, attributes
  from numbered order by number;
create temp table last_changes as
  select kind, resource_id, max(number) as number from numbered group by kind, resource_id;
create index temp.last_changes_by_resource on last_changes (kind, resource_id, number);
update users set last_change = (select number from last_changes where kind = 0 and resource_id = users.id);
update groups set last_change = (select number from last_changes where kind = 1 and resource_id = groups.id);
drop table temp.last_changes;
drop table numbered;

update users set created_at = ordered.created from (
  select seq, max(created_at) over (order by seq rows unbounded preceding) as created from users
) as ordered where users.seq = ordered.seq and users.created_at <> ordered.created;
update groups set created_at = ordered.created from (
  select seq, max(created_at) over (order by seq rows unbounded preceding) as created from groups
) as ordered where groups.seq = ordered.seq and groups.created_at <> ordered.created;
update users set modified_at = created_at where modified_at < created_at;
update groups set modified_at = created_at where modified_at < created_at;

drop index users_listed;
drop index users_by_created;
drop index users_by_modified;
create index users_listed on users (directory_id, created_at) where archived_at is null and hidden = 0;
create index users_by_modified on users (directory_id, modified_at) where modified_at > created_at;
drop index groups_listed;
drop index groups_by_created;
drop index groups_by_modified;
create index groups_listed on groups (directory_id, created_at) where archived_at is null;
create index groups_by_modified on groups (directory_id, modified_at) where modified_at > created_at;

delete from user_emails where exists (select 1 from users where seq = user_seq and user_name_key = value_key);
`
