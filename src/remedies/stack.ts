import type { ActionName, ActionOf, AttributeAction } from './action.ts'

/** Where in a stack's own project the lines go, and the lines. */
export interface Snippet {
  kind: 'snippet'
  /** `app.js`, `settings.py`, `/etc/nginx/conf.d/app.conf`: the usual name. */
  file: string
  language:
    | 'js'
    | 'ts'
    | 'python'
    | 'ruby'
    | 'php'
    | 'java'
    | 'csharp'
    | 'go'
    | 'yaml'
    | 'toml'
    | 'env'
    | 'ini'
    | 'json'
    | 'nginx'
    | 'apache'
    | 'caddy'
    | 'shell'
    | 'text'
  /** To be pasted as they are; what stands in for something of the project is named in `note`. */
  lines: string
  /** One sentence, where the lines need one. */
  note?: string
  /** The page of the stack's own documentation that says so. */
  docs: string
  /** The lines for projects that do it another way, where what was seen does not tell which way this one goes. */
  instead?: Snippet
}

export type Answer =
  | Snippet
  /** Nothing of this stack's settles it: the words for any stack (generic.ts) are all there is to say. */
  | { kind: 'generic' }
  | { kind: 'does-not-apply'; because: string }

export const generic: Answer = { kind: 'generic' }
export const doesNotApply = (because: string): Answer => ({ kind: 'does-not-apply', because })

/** A cookie of the log that an answer is for. Never its value. */
export interface CookieAtHand {
  name: string
  /** What its line says, as what would set it. An object of options that is pasted whole replaces all of that. */
  attributes: readonly AttributeAction[]
  /**
   * What its value looks like. signed: `s:` and a signature, as express-session and cookie-parser write it; token: a JWT, which no
   * session store knows of.
   */
  value: 'signed' | 'token' | 'other'
}

/** Attributes of one cookie, all at once: a stack has one place for them. */
export interface AttributeChange {
  cookie: string
  changes: readonly AttributeAction[]
  /** Left out where its line was not seen. */
  at?: CookieAtHand
}

type LineAction = AttributeAction['action']

/** Every action has an answer, so that a new one does not compile without every stack answering it. */
export type Answers = {
  /** @param at the session cookie, or the one that the action names; left out where its line was not seen */
  [Name in Exclude<ActionName, LineAction>]: (action: ActionOf<Name>, at?: CookieAtHand) => Answer
} & {
  attributes: (change: AttributeChange) => Answer
}

/**
 * What tells that a stack is behind an exchange. Each is enough to say so by itself: a name that others use too is none.
 * Patterns are matched against pages' texts, which are cut to 200 characters before.
 */
export interface Traces {
  /** Names of cookies, as they stand: `sessionId` is not `sessionid`. */
  cookies?: readonly RegExp[]
  /** Names of cookies that tell something only if all of a set are there. */
  cookiesTogether?: readonly (readonly RegExp[])[]
  /** Values of `Server`, `X-Powered-By` and `Via`. */
  servers?: readonly RegExp[]
  /** Names of response headers, in lower case. */
  headers?: readonly RegExp[]
}

export type StackId =
  | 'express'
  | 'nextjs'
  | 'authjs'
  | 'hono'
  | 'fastify'
  | 'nestjs'
  | 'supabase'
  | 'django'
  | 'flask'
  | 'fastapi'
  | 'rails'
  | 'laravel'
  | 'symfony'
  | 'php'
  | 'spring'
  | 'aspnet'
  | 'go'
  | 'nginx'
  | 'apache'
  | 'caddy'
  | 'traefik'
  | 'cloudflare'
  | 'gunicorn'
  | 'uvicorn'

export interface Stack {
  id: StackId
  /** `Express (express-session)`. */
  name: string
  /** app: makes the session; proxy: stands in front of it. */
  role: 'app' | 'proxy'
  /** The major version the answers are for: `5`, with that of the session library where it is another. */
  version: string
  traces: Traces
  /** Stacks that this one stands on: where both are found, this one is named first. */
  above?: readonly StackId[]
  answers: Answers
}
