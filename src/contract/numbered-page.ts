import { z } from 'zod'

/** Which part of a short list is wanted. Pages are counted from 1. */
export const numberedPageInput = z.object({
  page: z.int().min(1).max(1_000_000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

/** A part of a list, and how long the whole list is. */
export function numberedPageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.int() })
}
