/** How large and how long a run is. */
export interface Scale {
  /** Users of the small, the large and the huge directory. */
  readonly small: number
  readonly large: number
  readonly huge: number
  readonly groupSizes: readonly number[]
  readonly rounds: number
  /** Length of one window. */
  readonly seconds: number
  /** True when the figures only show a direction: the directories are smaller than the goals ask for. */
  readonly indicative: boolean
}

export const FULL_SCALE: Scale = {
  small: 1000,
  large: 100_000,
  huge: 1_000_000,
  groupSizes: [0, 1000, 10_000, 100_000],
  rounds: 5,
  seconds: 1,
  indicative: false,
}

export const QUICK_SCALE: Scale = {
  small: 1000,
  large: 20_000,
  huge: 20_000,
  groupSizes: [0, 1000, 10_000, 20_000],
  rounds: 2,
  seconds: 0.5,
  indicative: true,
}
