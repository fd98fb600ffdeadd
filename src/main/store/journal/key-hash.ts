/** FNV-1a, 32 bits: where it collides, the row itself decides. */
export function keyHash(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** The bytes to look for in `block_index.keys`. */
export function keyNeedle(key: string): Buffer {
  const needle = Buffer.allocUnsafe(4)
  needle.writeUInt32LE(keyHash(key))
  return needle
}
