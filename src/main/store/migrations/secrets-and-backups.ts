/*
 * The names of the secrets in the vault, since a keychain cannot be asked for them; ids are never given twice (secret-names.ts). And what
 * became of the backups.
 */
export const secretsAndBackups = `
create table secret_names (
  id integer primary key autoincrement,
  name text not null unique
) strict;
insert into secret_names (name) select 'token:' || prefix from tokens where state <> 'void' group by prefix;
insert into secret_names (name) select 'console-password' from settings where name = 'console_password_at' and value <> '';

create table backup_runs (
  id integer primary key autoincrement,
  started_at integer not null,
  ended_at integer,
  started_by text not null check (started_by in ('schedule', 'console', 'command line')),
  file text,
  bytes integer,
  users integer,
  groups integer,
  integrations integer,
  problem text
) strict;
`
