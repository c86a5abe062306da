import { type Answer, type Answers, doesNotApply, generic, type Snippet } from '../stack.ts'
import { isWord } from './literal.ts'

/** A maker of snippets for one file. `docs`: the page that says so. */
export const inFile =
  (file: string, language: Snippet['language']) =>
  (docs: string, lines: readonly string[], note?: string): Snippet => ({
    kind: 'snippet',
    file,
    language,
    lines: lines.join('\n'),
    docs,
    ...(note === undefined ? {} : { note }),
  })

/** Room for request headers of so many bytes and some more: the next power of two, 32 KiB at least, 1 MiB at most. */
export const roomFor = (bytes: number): number => {
  let room = 32_768
  while (room < bytes * 1.25 && room < 1_048_576) room *= 2
  return room
}

const day = 86_400

/** For how many seconds to keep a session that lives too shortly: a day, a week where it was longer than a day already. */
export const lifetimeFor = (seconds: number | null): number => (seconds !== null && seconds >= day ? 7 * day : day)

/**
 * Of an origin that may be let in. `null` is that of every sandboxed frame, and `*` is none: who lets these in lets
 * anyone in. What no browser would write is not put into a list either, some of which know patterns.
 */
export const forOrigin = (origin: string, write: () => Answer): Answer => {
  if (/^[a-z][a-z0-9+.-]*:\/\/[\w.:[\]-]{1,260}$/i.test(origin)) return write()
  return origin === 'null' || origin === ''
    ? doesNotApply(
        'The page has no origin of its own (a sandboxed frame, a local file): whoever lets that in lets any page in. Serve the page from a host first.',
      )
    : generic
}

/** Of texts that a file takes only where they are plain; else the words for any stack have to do. */
export const forWords = (texts: readonly string[], write: () => Answer): Answer =>
  texts.every(isWord) ? write() : generic

/** `example.com:8443` without its port. */
export const withoutPort = (host: string): string => host.replace(/:\d{1,5}$/, '')

/** The host of an origin or a URL, with its port. */
export const hostOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[/?#].*$/s, '')

/** Some of another stack's answers, where one stands on the other. */
export const only = <Name extends keyof Answers>(answers: Answers, ...names: readonly Name[]): Pick<Answers, Name> =>
  Object.fromEntries(names.map((name) => [name, answers[name]])) as Pick<Answers, Name>
