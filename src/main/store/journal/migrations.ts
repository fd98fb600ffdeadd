import type { Migration } from '../migrations/migrate.ts'

/**
 * The journal's file. Everything in it is appended in the order of `id` and deleted from its old end, so that no insert
 * lands in the middle of a large B-tree: headers, bodies and traces stand compressed in blocks, and instead of an index
 * on the random request and resource ids each block lists their hashes (`block_index.keys`).
 */
export const journalMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE exchanges (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        duration_micros INTEGER NOT NULL,
        status INTEGER NOT NULL,
        method TEXT NOT NULL,
        target TEXT NOT NULL,
        endpoint TEXT,
        resource_id TEXT,
        integration_id INTEGER,
        integration_slug TEXT,
        classification TEXT NOT NULL,
        matched INTEGER,
        idp TEXT,
        certainty TEXT,
        request_id TEXT NOT NULL,
        remote_address TEXT NOT NULL,
        request_bytes INTEGER NOT NULL,
        response_bytes INTEGER NOT NULL,
        flags INTEGER NOT NULL,
        lost INTEGER
      ) STRICT;
      CREATE INDEX exchanges_by_integration ON exchanges (integration_slug, id);
      CREATE INDEX failed_exchanges ON exchanges (id, status) WHERE status >= 400;

      -- A block is named by the id of its first exchange; the slot of an exchange in it is id - first_id.
      CREATE TABLE block_index (
        first_id INTEGER PRIMARY KEY,
        last_id INTEGER NOT NULL,
        oldest_at INTEGER NOT NULL,
        newest_at INTEGER NOT NULL,
        keys BLOB NOT NULL
      ) STRICT;
      CREATE INDEX blocks_by_newest ON block_index (newest_at);
      CREATE INDEX blocks_by_oldest ON block_index (oldest_at);
      CREATE TABLE blocks (first_id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

      -- The last id given out survives the deletion of its row; session and sequence name the last batch stored,
      -- so that a batch sent again after a crash of the thread is stored once.
      CREATE TABLE progress (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        last_id INTEGER NOT NULL,
        session TEXT NOT NULL,
        sequence INTEGER NOT NULL
      ) STRICT;
      INSERT INTO progress VALUES (1, 0, '', 0);
    `,
  },
  {
    version: 4,
    sql: `
      -- What an IdP was doing, inferred from its exchanges; written in the transaction that stores them, kept longer than they are.
      -- A cycle is named by its first exchange. data is JSON, see provisioning/cycles/activity.ts.
      CREATE TABLE cycles (
        id INTEGER PRIMARY KEY,
        integration_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        -- null for one that goes on after it seemed to be over
        ended_at INTEGER,
        failed INTEGER NOT NULL,
        data TEXT NOT NULL
      ) STRICT;
      CREATE INDEX cycles_by_integration ON cycles (integration_id, id);

      -- JSON of provisioning/cycles/integration-track.ts: what runs at present, and what the next inferences start from.
      CREATE TABLE trackers (integration_id INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;

      -- What a cycle that is not over has done about each user and group, appended batch by batch; see provisioning/cycles/subject-ledger.ts.
      -- Few and soon deleted, so that an index would cost more than it saves.
      CREATE TABLE cycle_marks (id INTEGER PRIMARY KEY, cycle_id INTEGER NOT NULL, marks BLOB NOT NULL) STRICT;

      -- Who fails, which attributes come, which updates are repeated: by kind, as JSON.
      CREATE TABLE tracked_facts (
        integration_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        at INTEGER NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (integration_id, kind, key)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 6,
    sql: `
      -- Exchanges that a person wants to keep: whole copies, which retention does not look at. The columns are those of exchanges, in
      -- their order; content is a block of one payload.
      CREATE TABLE pinned (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        duration_micros INTEGER NOT NULL,
        status INTEGER NOT NULL,
        method TEXT NOT NULL,
        target TEXT NOT NULL,
        endpoint TEXT,
        resource_id TEXT,
        integration_id INTEGER,
        integration_slug TEXT,
        classification TEXT NOT NULL,
        matched INTEGER,
        idp TEXT,
        certainty TEXT,
        request_id TEXT NOT NULL,
        remote_address TEXT NOT NULL,
        request_bytes INTEGER NOT NULL,
        response_bytes INTEGER NOT NULL,
        flags INTEGER NOT NULL,
        lost INTEGER,
        pinned_at INTEGER NOT NULL,
        content BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    version: 11,
    sql: `
      -- The name in a creation that failed: there is no id by which it could be told.
      ALTER TABLE exchanges ADD COLUMN subject TEXT;
      ALTER TABLE pinned ADD COLUMN subject TEXT;
    `,
  },
  {
    version: 12,
    sql: `
      -- Status 0 has failed too: nobody could be answered. Gaps have it as well, and are left out where failures are asked for.
      DROP INDEX failed_exchanges;
      CREATE INDEX failed_exchanges ON exchanges (id, status) WHERE status >= 400 OR status = 0;
    `,
  },
  {
    version: 13,
    sql: `
      -- What the requests of strangers take, in bytes, of a block of which they are a good part; see strangers.ts. Blocks from before are
      -- taken for those of integrations.
      ALTER TABLE block_index ADD COLUMN stranger_bytes INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX blocks_of_strangers ON block_index (first_id) WHERE stranger_bytes > 0;

      -- How many exchanges there are, for ids have gaps from now on; the sum of stranger_bytes; how many of strangers went before their time.
      ALTER TABLE progress ADD COLUMN held INTEGER;
      ALTER TABLE progress ADD COLUMN stranger_bytes INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE progress ADD COLUMN strangers_dropped INTEGER NOT NULL DEFAULT 0;
      UPDATE progress SET held = last_id + 1 - ifnull((SELECT min(first_id) FROM block_index), last_id + 1);
    `,
  },
]
