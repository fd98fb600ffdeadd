/*
 * Names under which secrets go into a directory, whoever has made up the attribute: `clientSecret`, `api_key`, `accessToken`. An attribute of
 * such a name that holds none is hidden too; that costs a look into the directory, and a secret in the log costs a new one.
 */
const keys = '(?:access|account|api|auth|encryption|master|private|secret|shared|signing|subscription)[-_]?key'
const pins = '(?:(?<![a-z\\d])|access|badge|card|door|login|phone|security|user|voicemail)pin'
const names = `(?:token|secret|credential|passcode|${keys}|${pins})s?`

const wholeName = new RegExp(`${names}$`, 'i')
const anywhere = new RegExp(`${names}(?![\\w-])`, 'i')

/** What stands behind a name in JSON, in text within JSON, in a path, a filter and a URL; from there backwards, so that few places are looked at. */
const perhaps = /["'.[\\%+= \]](?<=(?:token|secret|credential|passcode|key|pin)s?.)/i

/** Whether a text may have such a name where attributes are named: cheap, and never wrongly false but for names behind escapes. */
export function mayNameSecret(text: string): boolean {
  return perhaps.test(text)
}

/** Whether the name of an attribute or sub-attribute is one. */
export function isSecretName(name: string): boolean {
  return wholeName.test(name)
}

/** Whether a text has such a name anywhere. */
export function speaksOfSecret(text: string): boolean {
  return anywhere.test(text)
}
