import { expect, it } from 'vitest'
import { snippetBlock } from './markdown-snippet.ts'

const blockOf = (lines: string): string =>
  snippetBlock({ stack: 'Caddy 2', file: 'Caddyfile', language: 'text', lines, docs: 'https://caddyserver.com/docs/' })

it('keeps the tabs that a line begins with, for whoever pastes it', () => {
  expect(blockOf('header {\n\tdefer\n\t\tx\n}')).toContain('header {\n\tdefer\n\t\tx\n}')
})

it('escapes others, and what hides', () => {
  expect(blockOf('\tx\ty\u202e')).toContain('\tx\\x09y\\u{202e}')
})
