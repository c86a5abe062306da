import { Fragment } from 'preact'
import type { StoredCookie } from '../../contract.ts'
import { storedWords } from '../view-verdict.ts'
import { PageText } from './PageText.tsx'

/** Where and how long the store keeps a cookie, in one line. */
export function StoredWords({ cookie }: { cookie: StoredCookie }) {
  return (
    <>
      {storedWords(cookie).map((text, i) => (
        <Fragment key={text}>
          {i > 0 && ' · '}
          <PageText text={text} />
        </Fragment>
      ))}
    </>
  )
}
