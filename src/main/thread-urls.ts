/** Where the threads' entries stand after bundling; the host knows. */
export interface ThreadUrls {
  readonly writer: URL
  readonly checkpoints: URL
  readonly costlyReads: URL
  readonly journal: URL
  readonly plan: URL
  readonly consoleReads: URL
  readonly backup: URL
  readonly restore: URL
}
