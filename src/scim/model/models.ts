import { customSchemas, type CustomAttribute } from './custom-attribute.ts'
import { createResourceModel, type ResourceModel } from './resource-model.ts'
import { enterpriseUserSchema } from '../schemas/enterprise-user.ts'
import { groupSchema } from '../schemas/group.ts'
import { userSchema } from '../schemas/user.ts'

/** The resource types of one directory. */
export interface Models {
  readonly user: ResourceModel
  readonly group: ResourceModel
}

/** Builds the resource types of a directory with these custom attributes. Call it when they change, never per request. */
export function createModels(custom: readonly CustomAttribute[]): Models {
  return {
    user: createResourceModel({ name: 'User', endpoint: '/Users', description: 'User Account' }, userSchema, [
      enterpriseUserSchema,
      ...customSchemas(custom),
    ]),
    group: createResourceModel({ name: 'Group', endpoint: '/Groups', description: 'Group' }, groupSchema, []),
  }
}
