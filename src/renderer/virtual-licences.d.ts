/** Made by electron.vite.config.ts when the page is built. */
declare module 'virtual:licences' {
  export interface BundledLicence {
    readonly name: string
    readonly version: string
    /** As the package names it: `MIT`. */
    readonly kind: string
    readonly text: string
  }

  export const licences: readonly BundledLicence[]
}
