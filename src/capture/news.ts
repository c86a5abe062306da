import type { StoreWrite } from '../contract.ts'
import type { Hop } from './hop.ts'

/** What there is to tell of events. */
export interface News {
  /** Of which there is something new, in order of their requests. */
  hops: ReadonlySet<Hop>
  /** Changes of the store that no response of the tab made, each told once. */
  writes: StoreWrite[]
  /** Ids of those told before that a response turned out to have made. */
  withdrawn: readonly string[]
}
