import type { Browser } from 'puppeteer-core'

/** A cookie as Firefox's store has it: nsICookie. */
export interface NsCookie {
  readonly name: string
  readonly value: string
  /** With a leading dot where it is a domain cookie's. */
  readonly host: string
  readonly path: string
  /** Epoch milliseconds. */
  readonly expiry: number
  readonly isSession: boolean
  readonly isDomain: boolean
  readonly isSecure: boolean
  readonly isHttpOnly: boolean
  /** 0 None, 1 Lax, 2 Strict, 3 not given. */
  readonly sameSite: number
  /** Bits: 1 http, 2 https, 4 file. */
  readonly schemeMap: number
  readonly isPartitioned: boolean
  /** Epoch microseconds. */
  readonly creationTime: number
  readonly originAttributes: { readonly partitionKey: string }
}

/** What our chrome-privileged functions use of a browser window: browser.xhtml's global object. */
export interface ChromeWindow {
  readonly Services: {
    readonly cookies: {
      readonly cookies: NsCookie[]
      removeAll(): void
      remove(host: string, name: string, path: string, originAttributes: object): void
      add(
        host: string,
        path: string,
        name: string,
        value: string,
        isSecure: boolean,
        isHttpOnly: boolean,
        isSession: boolean,
        expiry: number,
        originAttributes: { partitionKey?: string },
        sameSite: number,
        schemeMap: number,
        isPartitioned?: boolean,
      ): unknown
      getCookieBehavior(isPrivate: boolean): number
    }
    readonly console: {
      registerListener(listener: { observe(message: ConsoleMessage): void }): void
      unregisterListener(listener: { observe(message: ConsoleMessage): void }): void
      reset(): void
    }
    readonly obs: {
      addObserver(observer: (subject: HttpChannel, topic: string) => void, topic: string): void
      removeObserver(observer: (subject: HttpChannel, topic: string) => void, topic: string): void
    }
    readonly scriptSecurityManager: { getSystemPrincipal(): unknown }
    readonly tm: { dispatchToMainThread(task: () => void): void }
    readonly io: { newURI(url: string): unknown }
    readonly prefs: { getIntPref(name: string): number; setIntPref(name: string, value: number): void }
  }
  readonly Ci: { readonly nsIScriptError: new () => ConsoleMessage; readonly nsIHttpChannel: unknown }
  readonly gBrowser: {
    readonly selectedTab: unknown
    readonly selectedBrowser: {
      loadURI(uri: unknown, options: { triggeringPrincipal: unknown; hasValidUserGestureActivation?: boolean }): void
    }
  }
  setTimeout(task: () => void, milliseconds: number): number
  clearTimeout(timer: number): void
}

/** nsIScriptError, as far as it is one. */
export interface ConsoleMessage {
  QueryInterface(type: unknown): ConsoleMessage
  readonly category: string
  readonly errorMessage: string
  /** The request's URL, for messages about cookies. */
  readonly sourceName: string
}

/** nsIHttpChannel. */
export interface HttpChannel {
  QueryInterface(type: unknown): HttpChannel
  readonly URI: { readonly spec: string }
}

/** A function that runs in the browser's own window. It sees nothing of the module it stands in. */
export type ChromeFunction<A, R> = (chrome: ChromeWindow, argument: A) => R | Promise<R>

export interface ChromeContext {
  /**
   * Runs a function with the browser's own privileges. Argument and result are JSON.
   * @throws {Error} with what the function threw
   */
  evaluate<A, R>(run: ChromeFunction<A, R>, argument: A): Promise<R>
}

/** WebDriver BiDi, which Puppeteer speaks but does not show. */
interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>
}

interface Tree {
  contexts: { context: string; url: string }[]
}

type Evaluation =
  | { type: 'success'; result: { type: string; value?: string } }
  | { type: 'exception'; exceptionDetails: { text: string } }

/** @throws {Error} when Firefox was not started with -remote-allow-system-access */
export const openChromeContext = async (browser: Browser): Promise<ChromeContext> => {
  const { connection } = browser as Browser & { connection: BidiConnection }
  const tree = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })).result as Tree
  const window = tree.contexts.find(({ url }) => url.endsWith('/browser.xhtml'))
  if (window === undefined) throw new Error('Firefox shows no browser window to privileged scripts.')
  return {
    evaluate: async <A, R>(run: ChromeFunction<A, R>, argument: A): Promise<R> => {
      // Compilers give functions names through a helper that only they have.
      const expression = `(async () => {
        const __name = (named) => named
        return JSON.stringify([await (${run})(globalThis, ${JSON.stringify(argument ?? null)})])
      })()`
      const { result } = await connection.send('script.evaluate', {
        expression,
        target: { context: window.context },
        awaitPromise: true,
        resultOwnership: 'none',
      })
      const evaluation = result as Evaluation
      if (evaluation.type === 'exception') throw new Error(evaluation.exceptionDetails.text)
      const [value] = JSON.parse(evaluation.result.value ?? '[]') as [R]
      return value
    },
  }
}

/** Empties the store cookie by cookie: of `removeAll`, extensions hear nothing. */
export const removeCookies = (evaluate: ChromeContext['evaluate']): Promise<void> =>
  evaluate(({ Services: { cookies } }) => {
    for (const { host, name, path, originAttributes } of [...cookies.cookies])
      cookies.remove(host, name, path, originAttributes)
  }, null)
