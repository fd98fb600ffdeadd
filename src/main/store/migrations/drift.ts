/*
 * Drift: what a person changed of a resource that an IdP manages, until the IdP writes it again (directory/drift.ts). The indexes find
 * the few users of a large directory that are local, another IdP's, or hidden from SCIM; a new user is put at their end, which costs little.
 */
export const drift = `
create table drift (
  kind integer not null check (kind in (0, 1)),
  seq integer not null,
  -- a core attribute, or "urn:name" of an extension's
  attribute text not null,
  -- JSON text of what the IdP wrote last; null where that was nothing
  idp_value text,
  at integer not null,
  actor text not null,
  primary key (kind, seq, attribute)
) strict, without rowid;

-- members of a group that an IdP manages: 0 whom a person put in, 1 whom a person took out
create table member_drift (
  group_seq integer not null references groups (seq),
  kind integer not null check (kind in (0, 1)),
  member_seq integer not null,
  was_member integer not null check (was_member in (0, 1)),
  at integer not null,
  actor text not null,
  primary key (group_seq, kind, member_seq)
) strict, without rowid;
create index member_drift_by_member on member_drift (kind, member_seq);

create index users_local on users (directory_id) where source = 'local' and archived_at is null;
create index users_managed on users (directory_id, managed_by) where managed_by is not null;
create index users_hidden on users (directory_id, created_at) where archived_at is null and hidden = 1;
`
