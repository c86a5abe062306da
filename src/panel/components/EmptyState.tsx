import type { ComponentChildren } from 'preact'

interface Props {
  title: string
  children?: ComponentChildren
  action?: { label: string; run(): void }
}

/** What is missing, and what to do about it. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div class="empty">
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
