/*
 * The index of what has ended in the outbox knows the channel too: how much there is of each kind is asked with every reading of the metrics,
 * and what was delivered stays for weeks, with its whole text in the row.
 */
export const outboxDepth = `
drop index outbox_ended;
create index outbox_ended on outbox (state, ended_at, id, channel) where state <> 'waiting';
`
