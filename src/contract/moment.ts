import { z } from 'zod'

/** A moment in ms since the epoch. */
export const moment = z.number()
