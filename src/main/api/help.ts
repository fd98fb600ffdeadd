import { answerErrors } from '../../idp/answer-errors.ts'
import { portalErrors } from '../../idp/portal-errors.ts'
import { api } from './api.ts'
import { idpName } from './views/integration-view.ts'

export const help = {
  errors: api.help.errors.handler(() => ({
    answers: answerErrors.map(({ id, title, meaning, nextStep, status }) => ({ id, title, meaning, nextStep, status })),
    portals: portalErrors.map(({ id, title, meaning, nextStep, idp, words }) => ({
      id,
      title,
      meaning,
      nextStep,
      idp,
      idpName: idpName(idp),
      words: [...words],
    })),
  })),
}
