import { groupLines, userLines, type MappedAttribute } from './mapped-attribute.ts'

/** The profile that an app made by the App Integration Wizard begins with. */
export const oktaMapping: readonly MappedAttribute[] = [
  ...userLines(
    ['userName', 'userName', 'needed'],
    ['Deactivate Users', 'active', 'usual'],
    ['givenName', 'name.givenName', 'usual'],
    ['familyName', 'name.familyName', 'usual'],
    ['email', 'emails[type eq "work"].value', 'usual'],
    ['displayName', 'displayName', 'usual'],
    ['middleName', 'name.middleName'],
    ['title', 'title'],
    ['primaryPhone', 'phoneNumbers[type eq "work"].value'],
    ['preferredLanguage', 'preferredLanguage'],
    ['locale', 'locale'],
    ['timezone', 'timezone'],
    ['userType', 'userType'],
    ['employeeNumber', 'enterprise:employeeNumber'],
    ['costCenter', 'enterprise:costCenter'],
    ['organization', 'enterprise:organization'],
    ['division', 'enterprise:division'],
    ['department', 'enterprise:department'],
    ['managerValue', 'enterprise:manager'],
  ),
  ...groupLines(['name', 'displayName', 'needed'], ['Push Groups', 'members', 'usual']),
]
