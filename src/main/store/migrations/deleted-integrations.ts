/*
 * Integrations that have been deleted. Their rows stay: a number is never given twice, so that nothing kept under it, such as external ids,
 * cycles in the journal or a token's number, is ever taken for another's, and the records that they managed name them still, however
 * many there are (managed-records.ts). The slug is free for another integration: the row has one that none can be given, with a space in it.
 */
export const deletedIntegrations = `
alter table integrations add column deleted_at integer;
-- the slug that it had; null for one that is there
alter table integrations add column former_slug text;
`
