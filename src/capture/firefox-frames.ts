import type { FirefoxDetails, FirefoxResponse } from './firefox.ts'
import { Recent } from './recent.ts'
import { withoutFragment } from './url.ts'

/** Frames of a page that are remembered; a page with more loses those unused for longest. */
const remembered = 500

/**
 * The documents that a request belongs to, as `Exchange.frames` has them. Firefox names them with each request, but for two
 * kinds of document: a worker's requests name its script alone, those of an opaque origin nothing.
 */
export class FirefoxFrames {
  /** By the frame's id. */
  readonly #known = new Recent<number, string[]>(remembered)

  of(details: FirefoxDetails): string[] {
    const { frameId, type, documentId, documentUrl } = details
    const ancestors = (details.frameAncestors ?? []).map(({ url }) => withoutFragment(url))
    if (type === 'main_frame') return []
    if (type === 'sub_frame') return ancestors
    const known = this.#known.get(frameId)
    if (documentUrl === undefined) return known ?? [ancestors[0] ?? 'about:blank', ...ancestors]
    const frames = [withoutFragment(documentUrl), ...ancestors]
    if (documentId === undefined && known !== undefined) return known
    this.#known.set(frameId, frames)
    return frames
  }

  /** A navigation was answered: unless it is a redirect, its frame has another document. */
  answered(details: FirefoxResponse): void {
    if (details.type !== 'main_frame' && details.type !== 'sub_frame') return
    if (details.statusCode >= 300 && details.statusCode < 400) return
    this.#known.set(details.frameId, [withoutFragment(details.url), ...this.of(details)])
  }
}
