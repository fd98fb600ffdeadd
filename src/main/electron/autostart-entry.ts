/** One argument in the `Exec` line of a desktop entry, quoted as the Desktop Entry Specification says. */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')
  // The value is a string of the file as well, where a backslash is written twice.
  return `"${escaped}"`.replaceAll('\\', '\\\\')
}

/** The file by which a Linux desktop starts a program when the person signs in. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Rollcall',
    'Comment=SCIM service provider',
    `Exec=${command.map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}
