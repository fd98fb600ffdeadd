/** What a screen is for, in short. */
export interface ScreenHelp {
  /** The beginning of its URLs. */
  readonly path: string
  readonly title: string
  /** The questions that it answers. */
  readonly answers: readonly string[]
  /** What is worth knowing of it. */
  readonly tips: readonly string[]
}

/** The most particular path first: the first that a URL begins with is the one that is meant. */
export const screenHelp: readonly ScreenHelp[] = [
  {
    path: '/integrations/new',
    title: 'Connecting an identity provider',
    answers: [
      'What do I paste where, in the portal’s own words?',
      'By what address does the identity provider get here?',
      'Did its first request arrive?',
    ],
    tips: [
      'You can leave at any step and come back: each has an address, and the integration’s Set-up tab goes on where you were.',
      'The token is shown once. If it is lost, issue another one under Tokens.',
    ],
  },
  {
    path: '/integrations',
    title: 'Integrations',
    answers: [
      'Is each identity provider getting through, and if not, why?',
      'What may it do, and as whom?',
      'How old is its token, and when was it last used?',
    ],
    tips: [
      'Pause is polite: the identity provider comes back by itself. Disable counts as a failure there.',
      'Rotate with an overlap, and the running sync notices nothing.',
      'Deleting an integration keeps its people and groups: they become local.',
    ],
  },
  {
    path: '/status',
    title: 'Provisioning',
    answers: [
      'What is each identity provider doing now, and when will it come again?',
      'Who fails, what was answered, and what do I do about it?',
      'How far is it from quarantine, and does its mapping do what it should?',
    ],
    tips: [
      'No identity provider says over SCIM what it does: all of this is inferred from its requests. Its own log is named beside it.',
      'Give the number of users that you expect, and the first cycle has a progress bar with that total.',
      'In the timeline the arrow keys go from cycle to cycle, Enter opens one with exactly its requests.',
    ],
  },
  {
    path: '/notifications',
    title: 'Notifications',
    answers: [
      'Who is told when something goes wrong, and by what way?',
      'What waits to be sent, and what could not be?',
      'What does a welcome mail say, and who gets one?',
    ],
    tips: [
      'What is urgent is told at once, also in quiet hours: refused tokens, quarantine, an endpoint that cannot be reached.',
      'What could not be delivered is kept; mend the cause, then try it again.',
      'The password of the mail server and the secrets of webhooks are in the vault and are never shown again.',
    ],
  },
  {
    path: '/requests',
    title: 'Requests',
    answers: [
      'What did an identity provider send, and what was it answered?',
      'Why was it answered so, and what changed by it?',
      'What happened to this one person?',
    ],
    tips: [
      'With id:120..160 you find all from one number to another, as Provisioning does for the requests of a cycle.',
      'Filter with words such as status:4xx, method:PATCH, user:ana, op:"disable user"; a minus in front leaves out.',
      'Pausing holds the view and never the recording.',
      'Passwords, tokens and what is named like a secret are never in the log; what else is left out is set under Settings, Request log.',
    ],
  },
  {
    path: '/users',
    title: 'Users',
    answers: [
      'Who is in the directory, and who manages them?',
      'What does each know, and which groups are they in?',
      'Who changed it, when, and by which request?',
    ],
    tips: [
      'What you change on somebody whom an identity provider manages is overwritten by it, sooner or later; until then it is shown as drift.',
      'Deleted people are archived and can be restored with their memberships; a purge is for good.',
    ],
  },
  {
    path: '/groups',
    title: 'Groups',
    answers: ['Which groups are there, and who is in them?', 'Who manages them, and what changed?'],
    tips: ['A person must be here before they can join a group: identity providers send people first, then groups.'],
  },
  {
    path: '/attributes',
    title: 'Attributes',
    answers: ['Which attributes of your own are there?', 'What exactly is typed into Entra ID’s or Okta’s mapping?'],
    tips: ['Copy the whole name with its URN: one letter off, and the attribute is ignored with a note in the log.'],
  },
  {
    path: '/conversion',
    title: 'User IDs',
    answers: [
      'Which short user IDs become e-mail addresses, and which cannot?',
      'What was converted, and can it be undone?',
      'Who had this user ID before?',
    ],
    tips: [
      'Look at the preview first: each conflict is mended in its row, and nothing is changed by it.',
      'Give the preview your identity provider’s userNames, and it says who would be linked.',
      'Requests go on while a conversion runs, and an undo puts the old IDs back.',
    ],
  },
  {
    path: '/diagnosis',
    title: 'Diagnosis',
    answers: [
      'Does an endpoint behave as Entra ID or Okta expect?',
      'Where does it depart from the RFCs, and what do I tell its maker?',
    ],
    tips: [
      'A played identity provider sends what the real one sends, to any endpoint: it makes people of its own there, and removes them in the end.',
      'A test goes on when you leave the screen. Its result stays until the server is restarted; the report of a check can be saved.',
      'The command line does the same with rollcall check and rollcall simulate, and with more people.',
    ],
  },
  {
    path: '/settings/endpoint',
    title: 'Settings: endpoint',
    answers: [
      'Where does the endpoint listen, and does its public URL lead here?',
      'How long is the certificate valid?',
      'How do I hold everything for a while?',
      'By which attributes are people found at once?',
    ],
    tips: [
      'The public URL and the limits hold at once; host, port and TLS with the next restart of the endpoint.',
      'The test goes out to the public URL and must come in here again; it says at which step it got stuck.',
    ],
  },
  {
    path: '/settings/log',
    title: 'Settings: request log',
    answers: ['How long are requests kept, and how much room do they take?', 'Which values never get into it?'],
    tips: [
      'What is redacted is redacted before it is stored. What is in the log already stays until it is deleted.',
      'Of a log that is full, refused requests without a valid token go first while they take more than a tenth of it.',
    ],
  },
  {
    path: '/settings/secrets',
    title: 'Settings: secrets',
    answers: ['Where are tokens and passwords kept, and does that work?'],
    tips: ['Of tokens only hashes are kept: nobody can read a token out of the vault.'],
  },
  {
    path: '/settings/backups',
    title: 'Settings: backups',
    answers: ['When was the last backup, and did it work?', 'What is in it, and what would a restore change?'],
    tips: ['A backup holds no secrets. On another machine each integration needs a new token.'],
  },
  {
    path: '/settings/access',
    title: 'Settings: console access',
    answers: ['Who is signed in to this console, and from where?'],
    tips: ['A session ends after seven days without use, and after thirty at the latest.'],
  },
  {
    path: '/settings/danger',
    title: 'Settings: danger zone',
    answers: ['What cannot be undone, and what exactly does it remove?'],
    tips: ['Write a backup first.'],
  },
  {
    path: '/settings',
    title: 'Settings',
    answers: ['How is this Rollcall set up?', 'Is it well, and what went wrong lately?'],
    tips: ['The checks under About say of each thing what to do about it.'],
  },
  {
    path: '/start',
    title: 'First steps',
    answers: ['What comes next, from an empty directory to the first provisioned person?'],
    tips: ['The steps are read from what is really there, so it does not matter in which order you do them.'],
  },
  {
    path: '/help',
    title: 'Help',
    answers: ['What does this word mean?', 'What does this error mean, and what do I do about it?'],
    tips: ['Paste a whole message into the search: the code inside it is found.'],
  },
  {
    path: '/',
    title: 'Overview',
    answers: ['Is everything all right?', 'What needs me now?', 'How much has happened in the last day and month?'],
    tips: ['Each line about an integration can be read aloud, and leads to the next thing to do.'],
  },
]

const fallback: ScreenHelp = { path: '/', title: 'This screen', answers: [], tips: [] }

/** The help of the screen at a path. */
export function helpOf(path: string): ScreenHelp {
  const isAt = (each: ScreenHelp) => path === each.path || path.startsWith(each.path === '/' ? '/?' : `${each.path}/`)
  return screenHelp.find(isAt) ?? fallback
}
