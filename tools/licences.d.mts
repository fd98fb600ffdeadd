export interface BundledLicence {
  readonly name: string
  readonly version: string
  readonly kind: string
  readonly text: string
}

/** The licences of the packages that are bundled, by name. `root` is the project's folder. */
export function bundledLicences(root: string): readonly BundledLicence[]
