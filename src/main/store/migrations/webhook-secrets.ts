/* Since when a webhook has its secret, so that whoever remembers one knows that there is another; null: since it was added. */
export const webhookSecrets = `
alter table webhooks add column secret_at integer;
`
