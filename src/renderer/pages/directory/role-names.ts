import type { Role } from '../../../contract/users.ts'

/** The roles as people call them. */
export const roleNames: { readonly [Name in Role]: string } = {
  user: 'User',
  'user-manager': 'User Manager',
  administrator: 'Administrator',
}

export const roles = ['user', 'user-manager', 'administrator'] as const
