/** What JSON.parse can return. Everything that comes from the wire has this type until a schema has been applied to it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** A SCIM resource as plain data, keyed by canonical attribute names and extension URNs. */
export type Resource = JsonObject

/** What a JSON text holds; undefined for a text that is none. */
export function jsonIn(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
