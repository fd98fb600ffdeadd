/*
 * Long work, and the user IDs that a conversion has replaced.
 *
 * A job's `position` is its kind's own JSON text: what the next batch begins behind. It is written in the transaction of the batch, so that
 * no batch is ever carried out twice. `lane` is what excludes each other: there is one unfinished job in a lane of a directory.
 */
export const jobsAndAliases = `
create table jobs (
  id integer primary key,
  directory_id integer not null references directories (id),
  kind text not null,
  lane text not null,
  state text not null check (state in ('queued', 'running', 'paused', 'cancelled', 'done', 'failed')),
  actor text not null,
  input text not null,
  position text,
  done integer not null default 0,
  total integer not null,
  -- JSON object: name -> how many
  counts text not null default '{}',
  problem text,
  created_at integer not null,
  started_at integer,
  ended_at integer,
  -- how long it has been worked on, pauses left out
  worked_ms integer not null default 0,
  -- who works on it, and until when nobody else may
  runner text,
  lease_until integer
) strict;
create unique index jobs_unfinished on jobs (directory_id, lane) where state in ('queued', 'running', 'paused');

-- the users that a job has left as they were, each with the reason
create table job_remarks (
  job_id integer not null references jobs (id),
  user_seq integer not null,
  user_id text not null,
  user_name text not null,
  target text,
  outcome text not null check (outcome in ('skipped', 'failed', 'left')),
  reason text not null,
  primary key (job_id, user_seq)
) strict, without rowid;

-- the userNames that users had before a job renamed them, byte for byte
create table user_aliases (
  job_id integer not null references jobs (id),
  user_seq integer not null,
  directory_id integer not null,
  user_name text not null,
  user_name_key text not null,
  -- whom the old name leads to: the user itself, or the one that it was merged into
  person_seq integer not null,
  -- the new userName; null where the user was merged
  renamed_to text,
  -- JSON array of the ids of the groups that a merge added the other user to
  joined_groups text,
  undone_by integer references jobs (id),
  primary key (job_id, user_seq)
) strict, without rowid;
create index user_aliases_by_name on user_aliases (directory_id, user_name_key) where undone_by is null;
create index user_aliases_merged on user_aliases (person_seq) where renamed_to is null;
`
