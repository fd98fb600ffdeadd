import { groupLines, userLines, type MappedAttribute } from './mapped-attribute.ts'

/** The default mapping of a non-gallery app, with the two changes that are recommended before the first cycle: externalId and the e-mail address. */
export const entraMapping: readonly MappedAttribute[] = [
  ...userLines(
    ['userPrincipalName', 'userName', 'needed'],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active', 'needed'],
    ['displayName', 'displayName', 'usual'],
    ['givenName', 'name.givenName', 'usual'],
    ['surname', 'name.familyName', 'usual'],
    ['Coalesce([mail], [userPrincipalName])', 'emails[type eq "work"].value', 'usual'],
    ['objectId', 'externalId', 'usual'],
    ['Join(" ", [givenName], [surname])', 'name.formatted'],
    ['jobTitle', 'title'],
    ['preferredLanguage', 'preferredLanguage'],
    ['physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'],
    ['streetAddress', 'addresses[type eq "work"].streetAddress'],
    ['city', 'addresses[type eq "work"].locality'],
    ['state', 'addresses[type eq "work"].region'],
    ['postalCode', 'addresses[type eq "work"].postalCode'],
    ['country', 'addresses[type eq "work"].country'],
    ['telephoneNumber', 'phoneNumbers[type eq "work"].value'],
    ['mobile', 'phoneNumbers[type eq "mobile"].value'],
    ['facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'],
    ['employeeId', 'enterprise:employeeNumber'],
    ['department', 'enterprise:department'],
    ['manager', 'enterprise:manager'],
  ),
  ...groupLines(
    ['displayName', 'displayName', 'needed'],
    ['objectId', 'externalId', 'usual'],
    ['members', 'members', 'usual'],
  ),
]
