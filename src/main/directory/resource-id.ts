import { v7 } from 'uuid'

/** A new resource id: UUIDv7, whose beginning rises with time, so that new rows stand together in the index. */
export function newResourceId(): string {
  return v7()
}
