/* When an alert was told last: one that has got worse since it was raised is named by that. Null: when it was raised. */
export const alertsTold = `
alter table alerts add column told_at integer;
`
