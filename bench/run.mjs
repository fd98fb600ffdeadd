// `npm run bench`: the speed goals of docs/performance.md, measured in one interleaved run.
const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
  console.error(`The benchmarks need Node 24 (this is ${process.version}). Run them with "npm run bench".`)
  process.exit(2)
}
const { runBenchmarks } = await import('./run-benchmarks.ts')
process.exitCode = await runBenchmarks(process.argv.slice(2))
