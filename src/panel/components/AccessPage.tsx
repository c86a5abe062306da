import { useState } from 'preact/hooks'

interface Props {
  /** Match pattern of the site. */
  pattern: string
  /** Resolves to whether access was given. */
  onAsk(): Promise<boolean>
  onClose(): void
}

/** `*://*.shop.test/*` reads `shop.test`. */
const siteOf = (pattern: string): string => pattern.replace(/^\*:\/\/(\*\.)?/, '').replace(/\/\*$/, '')

/** Says what access to a site is for, before the browser itself asks. */
export function AccessPage({ pattern, onAsk, onClose }: Props) {
  const [problem, setProblem] = useState('')
  const ask = () => {
    onAsk().then(
      (granted) => setProblem(granted ? '' : 'Access was not given. You can ask again.'),
      (error: unknown) => setProblem(`The browser gave no access: ${error instanceof Error ? error.message : error}`),
    )
  }
  return (
    <main>
      <h1>Let Cookie Verdict see {siteOf(pattern)}?</h1>
      <p>
        The browser keeps the requests and cookies of this site from Cookie Verdict. With access, the panel in DevTools
        shows which cookies were stored, dropped, sent or withheld, and why.
      </p>
      <p>It looks only while DevTools is open, and sends nothing anywhere. You can take the access back at any time.</p>
      <div class="actions">
        <button type="button" class="button" onClick={ask}>
          Allow access
        </button>
        <button type="button" class="button" onClick={onClose}>
          Not now
        </button>
      </div>
      <p role="status">{problem}</p>
    </main>
  )
}
