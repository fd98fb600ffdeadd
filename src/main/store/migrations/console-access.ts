/*
 * Who may open the console, and which resources belong to the sample organisation. Keys and sessions are kept as SHA-256; the password, if
 * there is one, is in the vault.
 */
export const consoleAccess = `
create table console_keys (
  hash text not null primary key,
  expires_at integer not null
) strict, without rowid;

create table console_sessions (
  id integer primary key autoincrement,
  hash text not null unique,
  signed_in_by text not null check (signed_in_by in ('key', 'password')),
  created_at integer not null,
  last_seen_at integer not null,
  expires_at integer not null,
  user_agent text not null,
  remote_address text not null
) strict;

-- by id, since the seq of a purged resource can be given again
create table sample_resources (
  directory_id integer not null references directories (id),
  kind integer not null check (kind in (0, 1)),
  id text not null,
  primary key (directory_id, kind, id)
) strict, without rowid;
`
