import { Kbd } from '@mantine/core'

/** Keys as they stand on a keyboard: `Ctrl K`. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span>
      {keys.split(' ').map((key) => (
        <Kbd key={key} size="xs" mr={2}>
          {key}
        </Kbd>
      ))}
    </span>
  )
}
