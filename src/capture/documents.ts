import type { FrameRef, HopEvent } from './events.ts'
import { Recent } from './recent.ts'
import { originOf } from './url.ts'

/** A document of the inspected tab, known by what its requests said. */
export interface DocumentNode {
  /** URL of the navigation that made it; a document without one (about:blank, srcdoc, blob) has its parent's. */
  readonly url: string
  readonly parent: DocumentNode | null
}

/** A document that was there before DevTools: its URL and its ancestors' origins, innermost first. */
export interface OpenDocument {
  url: string
  ancestors: readonly string[]
}

/** Documents stay known for a while after they were left: a page in the back-forward cache comes back as it was. So do frames. */
const remembered = 500

/** A document by the URLs of itself and its ancestors, as `Exchange.frames` has them; null without any. */
export const documentOf = (frames: readonly string[]): DocumentNode | null =>
  frames.reduceRight<DocumentNode | null>((parent, url) => ({ url, parent }), null)

/** URLs of a document and its ancestors, as `Exchange.frames` has them. */
export const framesOf = (document: DocumentNode | null): string[] => {
  const urls: string[] = []
  for (let node = document; node !== null; node = node.parent) urls.push(node.url)
  return urls
}

const isOpaque = (origin: string | null): boolean => origin === null || origin === 'null'

/**
 * The tab's documents and how they are nested, from webRequest events alone. A navigation's events do not name the document
 * it will make; the first request of an unknown document in that frame after the response does.
 */
export class Documents {
  readonly #known = new Recent<string, DocumentNode>(remembered)
  /** Navigations that were answered and whose document has not been seen yet, by frame id. */
  readonly #answered = new Recent<number, DocumentNode>(remembered)
  /** The latest document of each frame. */
  readonly #current = new Recent<number, DocumentNode>(remembered)
  #open: readonly OpenDocument[] = []

  /** The documents that are there when recording begins, the top one among them. */
  setOpen(open: readonly OpenDocument[]): void {
    this.#open = open
  }

  /** The document a request belongs to: null for a main_frame navigation, the parent for a sub_frame one. */
  requester({
    resourceType,
    frame,
    frames,
    initiator,
  }: Pick<HopEvent, 'resourceType' | 'frame' | 'frames' | 'initiator'>): DocumentNode | null {
    if (frames !== undefined) return documentOf(frames)
    if (resourceType === 'main_frame') return null
    // A sub-frame may be sent elsewhere by any other document: its initiator tells nothing of its parent.
    if (resourceType === 'sub_frame') return this.#parentOf(frame, initiator)
    return this.#node(
      frame.documentId,
      frame.frameId,
      initiator,
      () => this.#parentOf(frame, null),
      frame.parentFrameId < 0,
    )
  }

  /** A navigation was answered with something that becomes a document. */
  answered(event: Pick<HopEvent, 'resourceType' | 'frame' | 'frames' | 'initiator' | 'url'>): void {
    const { frame, frames, url, resourceType } = event
    if (frames !== undefined) return
    // A document asked for it ahead of time: where it becomes one, a navigation will tell.
    if (resourceType === 'main_frame' && frame.documentId !== null) return
    if (resourceType === 'main_frame' && frame.frameId === 0) this.#open = []
    this.#answered.set(frame.frameId, { url, parent: this.requester(event) })
  }

  #parentOf(frame: FrameRef, origin: string | null): DocumentNode | null {
    if (frame.parentFrameId < 0) return null
    const isTop = frame.parentFrameId === 0
    // What the parent's own parent is, its child's events do not say.
    return this.#node(frame.parentDocumentId, frame.parentFrameId, origin, () => (isTop ? null : undefined), isTop)
  }

  #node(
    documentId: string | null,
    frameId: number,
    origin: string | null,
    parentOf: () => DocumentNode | null | undefined,
    isTop: boolean,
  ): DocumentNode {
    const known = documentId === null ? this.#current.get(frameId) : this.#known.get(documentId)
    if (known !== undefined) return known
    const node =
      this.#fromNavigation(frameId, origin, parentOf) ??
      this.#fromOpen(origin, isTop) ??
      this.#guess(origin, parentOf() ?? (isTop ? null : (this.#current.get(0) ?? null)))
    this.#current.set(frameId, node)
    if (documentId !== null) this.#known.set(documentId, node)
    return node
  }

  #fromNavigation(
    frameId: number,
    origin: string | null,
    parentOf: () => DocumentNode | null | undefined,
  ): DocumentNode | null {
    const isOf = (navigation: DocumentNode | undefined): navigation is DocumentNode =>
      // The document that is about to be left may ask as well.
      navigation !== undefined && (isOpaque(origin) || originOf(navigation.url) === origin)
    const own = this.#answered.get(frameId)
    if (isOf(own)) {
      this.#answered.delete(frameId)
      return own
    }
    // Until it has taken its frame, a document of another process has a frame id that no navigation named.
    if (own !== undefined || this.#current.has(frameId) || isOpaque(origin)) return null
    const parent = parentOf()
    for (const [id, navigation] of this.#answered) {
      if ((parent !== undefined && navigation.parent !== parent) || !isOf(navigation)) continue
      this.#answered.delete(id)
      this.#current.set(id, navigation)
      return navigation
    }
    return null
  }

  #fromOpen(origin: string | null, isTop: boolean): DocumentNode | null {
    const open = this.#open.find(
      ({ url, ancestors }) => (ancestors.length === 0) === isTop && (isOpaque(origin) || originOf(url) === origin),
    )
    if (open === undefined) return null
    const top = this.#open.find(({ ancestors }) => ancestors.length === 0)
    const parent = open.ancestors.reduceRight<DocumentNode | null>((above, ancestor) => {
      const url = above === null && top !== undefined ? top.url : `${ancestor}/`
      return { url, parent: above }
    }, null)
    return { url: open.url, parent }
  }

  #guess(origin: string | null, parent: DocumentNode | null): DocumentNode {
    // A document of no navigation of its own has the origin of the one that made it, or an opaque one.
    if (parent !== null && (isOpaque(origin) || originOf(parent.url) === origin)) {
      return { url: parent.url, parent }
    }
    const url = isOpaque(origin) ? (this.#current.get(0)?.url ?? 'about:blank') : `${origin}/`
    return { url, parent }
  }
}
