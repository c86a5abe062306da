import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** All nodes of what GitHub makes of a Markdown text, outer first. */
export function nodesOf(markdown: string): Nodes[] {
  const nodes: Nodes[] = []
  const visit = (node: Nodes) => {
    nodes.push(node)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }))
  return nodes
}

export function typesOf(markdown: string): string[] {
  return nodesOf(markdown).map(({ type }) => type)
}

/** The text that is neither in a code span nor in a code block: where GitHub looks for mentions and references. */
export function plainTexts(markdown: string): string[] {
  return nodesOf(markdown).flatMap((node) => (node.type === 'text' ? [node.value] : []))
}

export function codeTexts(markdown: string): string[] {
  return nodesOf(markdown).flatMap((node) => (node.type === 'inlineCode' || node.type === 'code' ? [node.value] : []))
}

/** What GitHub makes of text after Markdown: mentions, references, links, emoji, formulas. */
export const FOUND_LATER = /@[\w-]|#\d|GH-\d|:\/\/|www\.|:[a-z]+:|\$/i

/** Characters that nobody sees, or that turn others round. */
export const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
