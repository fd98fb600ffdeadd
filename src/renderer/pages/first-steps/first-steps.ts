import type { FirstRunState } from '../../../contract/first-run.ts'
import { isolated } from '../../components/text/isolated.ts'

/** One step on the way to the first person. */
export interface FirstStep {
  readonly id: string
  readonly title: string
  /** How it stands, or what to do. */
  readonly text: string
  readonly state: 'done' | 'next' | 'open'
  readonly isOptional: boolean
  /** Where to do it; the endpoint is started here. */
  readonly action: { readonly label: string; readonly href: string | undefined } | undefined
}

type Draft = Omit<FirstStep, 'state' | 'isOptional'> & { readonly isDone: boolean; readonly isOptional?: boolean }

function addressStep({ publicUrl, isLoopback, reach, integration }: FirstRunState): Draft {
  const test = { label: publicUrl === null ? 'Give it an address' : 'Test the address', href: '/settings/endpoint' }
  const title = 'An address that your identity provider reaches'
  const isNeeded = integration?.needsPublicUrl !== false
  if (publicUrl === null)
    return {
      id: 'address',
      title,
      text: isNeeded
        ? 'Entra ID, Okta and others are in the cloud: they come in through a tunnel or a reverse proxy, or through an agent of theirs inside your network, which needs no address.'
        : 'Your identity provider reaches the address at which the endpoint listens.',
      isDone: false,
      isOptional: !isNeeded || integration?.firstRequestAt != null,
      action: test,
    }
  if (isLoopback && isNeeded)
    return {
      id: 'address',
      title,
      text: `${publicUrl} is this machine itself: an identity provider in the cloud does not get here by it.`,
      isDone: false,
      isOptional: integration?.firstRequestAt != null,
      action: { label: 'Give it another address', href: '/settings/endpoint' },
    }
  if (reach === null)
    return {
      id: 'address',
      title,
      text: `${publicUrl} is set. A test says whether it leads here.`,
      isDone: integration?.firstRequestAt != null,
      action: test,
    }
  return {
    id: 'address',
    title,
    text: reach.isReached ? `${publicUrl} leads here.` : `${publicUrl} does not lead here: the test says why.`,
    isDone: reach.isReached,
    // Requests that come find a way of their own, as through an agent.
    isOptional: integration?.firstRequestAt != null,
    action: reach.isReached ? undefined : { label: 'See why', href: '/settings/endpoint' },
  }
}

function drafts(state: FirstRunState): readonly Draft[] {
  const { integration, firstPerson } = state
  const setup = integration ? `/integrations/${integration.slug}/setup` : '/integrations/new'
  return [
    {
      id: 'endpoint',
      title: 'The endpoint listens',
      text: state.isListening ? `At ${state.url}.` : 'It is stopped: no identity provider gets through.',
      isDone: state.isListening,
      action: { label: 'Let it listen', href: undefined },
    },
    {
      id: 'integration',
      title: 'An integration for your identity provider',
      text: integration
        ? `${integration.name} (${integration.idpName}).`
        : 'Choose which one it is: you get its address, its token and its portal’s own labels.',
      isDone: integration !== null,
      action: { label: 'Connect an identity provider', href: '/integrations/new' },
    },
    addressStep(state),
    {
      id: 'token',
      title: 'A token, pasted into its portal',
      text: !integration?.hasToken
        ? 'It is shown once; a new one can always be issued.'
        : integration.firstRequestAt === null
          ? 'It has been issued. Whether it is in the portal shows with the first request.'
          : 'It has been issued, and the first request came with one.',
      isDone: integration?.hasToken === true,
      action: integration ? { label: 'Issue a token', href: `/integrations/${integration.slug}/tokens` } : undefined,
    },
    {
      id: 'request',
      title: 'Its first request',
      text:
        integration?.firstRequestAt != null
          ? 'It came, and was let in.'
          : 'Press the button that tests the connection in its portal; what arrives is shown as it comes.',
      isDone: integration?.firstRequestAt != null,
      action: integration ? { label: 'Wait for it', href: `${setup}/first-request` } : undefined,
    },
    {
      id: 'person',
      title: 'The first person',
      text: firstPerson
        ? `${isolated(firstPerson.userName)} was created by your identity provider.`
        : 'Assign one person in its portal, and see them arrive. Then everyone.',
      isDone: firstPerson !== null,
      action: integration ? { label: 'See them arrive', href: `${setup}/assign` } : undefined,
    },
    {
      id: 'backup',
      title: 'Backups by themselves',
      text: state.hasBackupSchedule ? 'A schedule is set.' : 'One file a day, while the server runs.',
      isDone: state.hasBackupSchedule,
      isOptional: true,
      action: { label: 'Set a schedule', href: '/settings/backups' },
    },
    {
      id: 'password',
      title: 'A password for the console',
      text: state.hasPassword ? 'It is set.' : 'So that you come back without a link from the command line.',
      isDone: state.hasPassword,
      isOptional: true,
      action: { label: 'Set a password', href: '/settings/access' },
    },
  ]
}

/** The steps in order; the first that is open and needed is what comes next. */
export function stepsOf(state: FirstRunState): readonly FirstStep[] {
  const all = drafts(state)
  const next = all.find((each) => !each.isDone && each.isOptional !== true)
  return all.map(({ isDone, isOptional = false, action, ...step }) => ({
    ...step,
    isOptional,
    state: isDone ? 'done' : step.id === next?.id ? 'next' : 'open',
    action: isDone ? undefined : action,
  }))
}
