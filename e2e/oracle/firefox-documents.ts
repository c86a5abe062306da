import type { Case, Context } from './cases.ts'

/** What the oracle's servers know of a case while it is played. */
export interface Plan {
  case: Case
  /** The request's full URL, token included. */
  url: string
}

/** In these, a sandboxed document stands in the innermost one and makes the request. */
const sandboxing: ReadonlySet<Context['kind']> = new Set(['sandboxed', 'sandbox-frames', 'sandbox-leaves'])

/** The documents of a case, the page first: its origin, and whether it is sandboxed. */
const documentsOf = (context: Context): { origin: string; sandboxed: boolean }[] => {
  const open = (origin: string) => ({ origin, sandboxed: false })
  if ('page' in context) return [open(context.page)]
  if (!('frames' in context)) return []
  const documents = context.frames.toReversed().map(open)
  const innermost = documents.at(-1)
  return sandboxing.has(context.kind) && innermost !== undefined
    ? [...documents, { origin: innermost.origin, sandboxed: true }]
    : documents
}

const documentUrl = (origin: string, token: string, depth: number): string => `${origin}/?run=${token}&depth=${depth}`

/** What the address bar has to open for the case to play: the documents do the rest themselves. */
export const startUrl = ({ case: { context }, url }: Plan, token: string): string => {
  const [page] = documentsOf(context)
  if (page !== undefined) return documentUrl(page.origin, token, 0)
  return 'via' in context ? redirectUrl(context.via, url) : url
}

const redirectUrl = (via: string, url: string): string => `${via}/?to=${encodeURIComponent(url)}`

/** A document that adds the next one as its frame; the innermost makes the request. */
export const runDocument = (plan: Plan, token: string, depth: number): string => {
  const next = documentsOf(plan.case.context)[depth + 1]
  const act =
    next === undefined
      ? scriptFor(plan, token)
      : `const frame = document.createElement('iframe')
         ${next.sandboxed ? `frame.setAttribute('sandbox', 'allow-scripts')` : ''}
         frame.src = ${JSON.stringify(documentUrl(next.origin, token, depth + 1))}
         document.body.append(frame)`
  return `<!doctype html><title>oracle</title><body><script>
    addEventListener('load', () => {
      ${act}
    })
  </script>`
}

const scriptFor = ({ case: { context }, url }: Plan, token: string): string => {
  const target = JSON.stringify(url)
  switch (context.kind) {
    case 'link':
    case 'sandbox-leaves':
      return `location.assign(${target})`
    case 'post':
      return submit(target, '_self')
    case 'fetch':
      return `fetch(${target}, { credentials: '${context.credentials}', mode: 'cors', cache: 'no-store' }).catch(() => undefined)`
    case 'frame':
    case 'sandbox-frames':
      return append('iframe', target)
    case 'frame-post':
      return `const frame = document.createElement('iframe')
        frame.name = 'target'
        document.body.append(frame)
        ${submit(target, 'target')}`
    case 'script':
      return append('script', target)
    case 'image':
    case 'sandboxed':
      return append('img', target)
    case 'image-redirected':
      return append('img', JSON.stringify(redirectUrl(context.via, url)))
    case 'websocket':
      return `new WebSocket(${target})`
    case 'worker':
      return `new Worker('${workerUrl(token)}')`
    case 'shared-worker':
      return `new SharedWorker('${workerUrl(token)}')`
    default:
      throw new Error(`${context.kind}: no document makes this request`)
  }
}

/** Each case has a worker of its own: a shared one lives on while its URL is the same. */
const workerUrl = (token: string): string => `/?worker=${token}`

/** What a worker of the case runs, of either kind. */
export const workerScript = ({ url }: Plan): string =>
  `fetch(${JSON.stringify(url)}, { credentials: 'include', cache: 'no-store' }).catch(() => undefined)`

const append = (tag: 'iframe' | 'script' | 'img', target: string): string =>
  `const element = document.createElement('${tag}')
   element.src = ${target}
   document.body.append(element)`

const submit = (target: string, frame: string): string =>
  `const form = document.createElement('form')
   form.method = 'post'
   form.action = ${target}
   form.target = '${frame}'
   document.body.append(form)
   form.submit()`
