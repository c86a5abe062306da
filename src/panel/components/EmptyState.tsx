import type { ComponentChildren } from 'preact'
import type { Tone } from '../view-verdict.ts'
import { Icon, type IconName } from './Icon.tsx'

interface Props {
  title: string
  icon?: IconName
  tone?: Tone
  children?: ComponentChildren
  action?: { label: string; run(): void }
}

/** What is missing, and what to do about it. */
export function EmptyState({ title, icon, tone = 'quiet', children, action }: Props) {
  return (
    <div class="empty">
      {icon && (
        <span class={`empty-icon ${tone}`}>
          <Icon name={icon} />
        </span>
      )}
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
      {action && (
        <button type="button" class="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  )
}
