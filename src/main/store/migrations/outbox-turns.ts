/*
 * What waits in the outbox in the order of its turns, with all that says whether it is due: tens of thousands of welcome mails wait while an
 * identity provider creates as many people, and every mail that was sent asks for the next one.
 */
export const outboxTurns = `
create index outbox_turns on outbox (id, channel, not_before, retry_at, claimed_until, claimed_by) where state = 'waiting';
`
