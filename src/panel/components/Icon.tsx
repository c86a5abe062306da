import type { JSX } from 'preact'

/** Drawn on a 16 × 16 grid, in the colour of the text. Decorative: the control around it carries the name. */
const SHAPES = {
  record: <circle cx="8" cy="8" r="5" fill="currentColor" stroke="none" />,
  paused: <circle cx="8" cy="8" r="4.5" />,
  clear: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M4.2 4.2l7.6 7.6" />
    </>
  ),
  reload: <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.2v3.3H9.7" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4" />
      <path d="M10 10l3.5 3.5" />
    </>
  ),
  close: <path d="M4.5 4.5l7 7m0-7l-7 7" />,
  down: <path d="M4.5 6.5L8 10l3.5-3.5" />,
  right: <path d="M6.5 4.5L10 8l-3.5 3.5" />,
  back: <path d="M13 8H3.5m4-4l-4 4 4 4" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="7.5" height="8" rx="1.5" />
      <path d="M3 10V3.9C3 3.1 3.6 2.5 4.4 2.5H10" />
    </>
  ),
  blocked: <path d="M4 4l8 8m0-8l-8 8" stroke-width="2" />,
  notSent: (
    <>
      <path d="M8 3v6.2" stroke-width="2" />
      <circle cx="8" cy="12.4" r="1.2" fill="currentColor" stroke="none" />
    </>
  ),
  doubt: (
    <>
      <path d="M5.4 5.6A2.6 2.6 0 1 1 8.9 8c-.7.3-.9.7-.9 1.5" stroke-width="1.8" />
      <circle cx="8" cy="12.6" r="1.15" fill="currentColor" stroke="none" />
    </>
  ),
  ok: <path d="M3.5 8.5l3 3.2 6-7.2" stroke-width="1.8" />,
  none: <circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none" />,
  redirect: <path d="M4 3.5V8c0 1 .7 1.7 1.7 1.7H12M9.5 7l2.7 2.7-2.7 2.7" />,
  pending: <circle cx="8" cy="8" r="3" stroke-dasharray="2.2 2.5" />,
  write: <path d="M3.5 12.5l.6-2.6 6.3-6.3 2 2-6.3 6.3z" stroke-width="1.2" />,
  sent: <path d="M3 8h9.5M9 4.5L12.5 8 9 11.5" />,
} as const satisfies Record<string, JSX.Element>

export type IconName = keyof typeof SHAPES

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  )
}
