import type { Case, Recording } from './cases.ts'

/** What a case says of its request, whatever browser plays it. */
export const describeRequest = (
  testCase: Case,
  url: string,
): Pick<
  Recording,
  'case' | 'url' | 'method' | 'resourceType' | 'initiator' | 'frames' | 'redirectChain' | 'credentials'
> => {
  const { context } = testCase
  const page = 'page' in context ? context.page : null
  const frames = 'frames' in context ? context.frames : []
  const documents = [...inner(testCase), ...frames].map((origin) => `${origin}/?doc`)
  return {
    case: testCase,
    url,
    method: context.kind === 'post' || context.kind === 'frame-post' ? 'POST' : 'GET',
    resourceType: resourceTypes[context.kind],
    initiator: opaque.has(context.kind) ? 'null' : (page ?? inner(testCase)[0] ?? frames[0] ?? null),
    frames: documents,
    redirectChain: 'via' in context ? [`${context.via}/?to=`] : [],
    credentials:
      context.kind === 'fetch' ? context.credentials : withoutCredentials.has(context.kind) ? 'omit' : 'include',
  }
}

type Kind = Case['context']['kind']
const opaque: ReadonlySet<Kind> = new Set(['sandboxed', 'sandbox-frames', 'sandbox-leaves'])
const withoutCredentials: ReadonlySet<Kind> = new Set(['credentialless', 'credentialless-image'])

/** Origin of the frame that the case makes inside of its documents and that asks. */
const inner = ({ context, url }: Case): string[] => {
  switch (context.kind) {
    case 'sandboxed':
    case 'sandbox-frames':
      return context.frames.slice(0, 1)
    case 'credentialless-image':
      return [new URL(url).origin]
    default:
      return []
  }
}

const resourceTypes: Record<Case['context']['kind'], string> = {
  typed: 'main_frame',
  link: 'main_frame',
  post: 'main_frame',
  redirected: 'main_frame',
  fetch: 'xmlhttprequest',
  image: 'image',
  script: 'script',
  frame: 'sub_frame',
  'frame-post': 'sub_frame',
  'image-redirected': 'image',
  sandboxed: 'image',
  websocket: 'websocket',
  worker: 'xmlhttprequest',
  'shared-worker': 'xmlhttprequest',
  credentialless: 'sub_frame',
  'credentialless-image': 'image',
  'sandbox-frames': 'sub_frame',
  'sandbox-leaves': 'sub_frame',
}
