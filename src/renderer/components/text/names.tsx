/** Names in a sentence, each on its own: one that turns the direction of writing leaves the others alone. */
export function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <>
      {names.map((name, n) => (
        <span key={`${n} ${name}`}>
          {n > 0 && ', '}
          <bdi>{name}</bdi>
        </span>
      ))}
    </>
  )
}
