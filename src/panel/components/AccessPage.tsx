import { useState } from 'preact/hooks'

interface Props {
  sites: readonly string[]
  /** Resolves to whether access was given. */
  onAsk(): Promise<boolean>
  onClose(): void
}

/** Says what access to sites is for, before the browser itself asks. */
export function AccessPage({ sites, onAsk, onClose }: Props) {
  const isOne = sites.length === 1
  const [problem, setProblem] = useState('')
  const ask = () => {
    onAsk().then(
      (granted) => setProblem(granted ? '' : 'Access was not given. You can ask again.'),
      (error: unknown) => setProblem(`The browser gave no access: ${error instanceof Error ? error.message : error}`),
    )
  }
  return (
    <main>
      <h1>Let Cookie Verdict see {isOne ? sites[0] : `${sites.length} sites`}?</h1>
      {!isOne && (
        <ul>
          {sites.map((site) => (
            <li key={site}>{site}</li>
          ))}
        </ul>
      )}
      <p>
        The browser keeps the requests and cookies of {isOne ? 'this site' : 'these sites'} from Cookie Verdict. With
        access, the panel in DevTools shows which cookies were stored, dropped, sent or withheld, and why.
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
