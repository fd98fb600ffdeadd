import type { Command } from 'commander'
import type { ContextOf } from '../command-context.ts'
import { addNotifyOutboxCommands } from './notify-outbox-commands.ts'
import { addNotifyRulesCommands } from './notify-rules-commands.ts'
import { addNotifySmtpCommands } from './notify-smtp-commands.ts'
import { addNotifyWebhooksCommands } from './notify-webhooks-commands.ts'
import { addNotifyWelcomeCommands } from './notify-welcome-commands.ts'

export function addNotifyCommand(program: Command, contextOf: ContextOf): void {
  const notify = program.command('notify').description('Who is told what: mail, webhooks, welcome mails')
  addNotifySmtpCommands(notify, contextOf)
  addNotifyRulesCommands(notify, contextOf)
  addNotifyWebhooksCommands(notify, contextOf)
  addNotifyOutboxCommands(notify, contextOf)
  addNotifyWelcomeCommands(notify, contextOf)
}
