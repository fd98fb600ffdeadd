import { z } from 'zod'

/** The name of an integration or a directory as it stands in a URL. */
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)

/** The directory that is meant; there is only this one until the admin adds another. */
export const directorySlug = slug.default('main')
