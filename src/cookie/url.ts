import { remember } from './remember.ts'

/** The parts of a URL that cookies are judged by, as `URL` gives them. */
export type Address = Readonly<Pick<URL, 'origin' | 'protocol' | 'host' | 'hostname' | 'pathname'>>

/** The address that a text spells; null where it is no absolute URL. */
export const parseUrl = remember((text): Address | null => (URL.canParse(text) ? addressOf(new URL(text)) : null))

/** A copy: a `URL` takes its parts out of its text each time it is asked. */
const addressOf = ({ origin, protocol, host, hostname, pathname }: URL): Address => ({
  origin,
  protocol,
  host,
  hostname,
  pathname,
})
