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
  const documents = (context.kind === 'sandboxed' ? [frames[0] ?? '', ...frames] : frames).map(
    (origin) => `${origin}/?doc`,
  )
  return {
    case: testCase,
    url,
    method: context.kind === 'post' || context.kind === 'frame-post' ? 'POST' : 'GET',
    resourceType: resourceTypes[context.kind],
    initiator: context.kind === 'sandboxed' ? 'null' : (page ?? frames[0] ?? null),
    frames: documents,
    redirectChain: 'via' in context ? [`${context.via}/?to=`] : [],
    credentials: context.kind === 'fetch' ? context.credentials : 'include',
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
}
