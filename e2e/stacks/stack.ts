import type { StackId } from '../../src/remedies/stack.ts'
import type { Regions } from './servers/source.ts'

/** A way to log in. */
export type Way =
  /** A form of the app's own. */
  | 'form'
  /** The identity provider sends the browser back by a redirect, or by a form. */
  | 'redirect'
  | 'form_post'
  /** A script of another origin, with a cookie or with a token. */
  | 'spa'
  | 'bearer'

/** One mistake that is made with a stack. */
export interface Mistake {
  title: string
  /** What stands at markers of the app's source or of nginx.conf where our remedies should. */
  wrong: Regions
  /**
   * What stands at other markers, with the mistake and with our remedy: circumstances that the app has to bear, which are not those
   * of the stack with all remedies.
   */
  around?: Regions
  way: Way
  /** Ids of the diagnoses that may stand first. */
  diagnosed: readonly [string, ...string[]]
}

/** A stack as it is started here. */
export interface TestedStack {
  id: StackId
  name: string
  /** What has to be installed beside nginx: packages of package.json here, and Debian's. */
  needs: { npm?: readonly string[]; debian?: readonly string[] }
  /** The configuration that it gets from its environment, the same for every instance. */
  env?: Readonly<Record<string, string>>
  /** Whether it finds a Redis server at REDIS_URL. */
  redis?: true
  /** A shell command that makes a copy of its sources ready. */
  build?: string
  /** A shell command that becomes the server, which listens on PORT. */
  start: string
  /** Our remedy for each marker: with all of them, the app is right. */
  remedies: Regions
  ways: readonly Way[]
  mistakes: readonly Mistake[]
}

export const everyWay: readonly Way[] = ['form', 'redirect', 'form_post', 'spa', 'bearer']
