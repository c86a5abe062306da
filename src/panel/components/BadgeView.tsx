import type { Badge } from '../view-verdict.ts'

export function BadgeView({ badge: { text, tone } }: { badge: Badge }) {
  return <span class={`badge ${tone}`}>{text}</span>
}
