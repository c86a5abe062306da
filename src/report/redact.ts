import type {
  CookieVerdict,
  Diagnosis,
  Observed,
  Reason,
  Report,
  ReportExchange,
  SetCookieVerdict,
  StackSnippet,
  StoredCookie,
  Story,
} from '../contract.ts'
import { decodeUtf8 } from '../cookie/bytes.ts'
import type { Hider } from './hider.ts'
import { KnownSecrets, type Occurrence } from './known-secrets.ts'
import { Placeholders } from './placeholder.ts'
import { type BareToken, redactHeader, redactLine, redactText } from './redact-headers.ts'
import { redactPath, redactTokens, redactUrl } from './redact-url.ts'
import { PlainWords, standsAlone } from './redact-words.ts'

/**
 * The report without its secrets, each replaced by a placeholder (placeholder.ts) that keeps what the rules need: it
 * judges to the same verdicts.
 *
 * Secret: cookie values wherever they stand (Cookie, Set-Cookie, the lines and cookies of verdicts, corrected lines);
 * Authorization and other headers named for a token; user, password, query values, path parameters and fragment of any
 * URL; what looks like a token in a path (token-like.ts), in a cookie's as in a URL's; what looks like a JWT; values of
 * unknown attributes. Not secret: names, hosts, the rest of paths, known attributes.
 *
 * Sentences (titles, explanations, notes, evidence) quote a value together with its name, `Secure=abc`, or not at all:
 * so a value of any length is replaced where it stands behind its own name and `=`. As a second fence, secrets that no
 * sentence has by chance are replaced without that, too: of 20 characters and more, and of 8 and more with letters and
 * digits, anywhere; of 4 and more with other characters than a word, a number or a path has, where they stand alone. What
 * else there is, `code`, `POST`, `1800`, is as likely a word of ours.
 */
export async function redactReport(report: Report): Promise<Report> {
  const bare = bareOf(report)
  const collector = new Collector()
  walk(report, bare, collector)
  const placeholders = await Placeholders.of(collector.secrets)
  return { ...walk(report, bare, new Replacer(collector, placeholders, new PlainWords(report))), redacted: true }
}

/** What stands in a redacted report for its secrets. */
export function standInsOf(report: Report): ReadonlySet<string> {
  const collector = new Collector()
  walk(report, bareOf(report), collector)
  return collector.secrets
}

const bareOf = ({ browser }: Report): BareToken => (browser.name === 'firefox' ? 'name' : 'value')

class Collector implements Hider {
  readonly secrets = new Set<string>()
  /** Values by `name=value`. */
  readonly pairs = new Map<string, string>()

  secret(text: string, name?: string): string {
    this.secrets.add(text)
    if (name && text !== '') this.pairs.set(`${name}=${text}`, text)
    return text
  }

  known(text: string): string {
    return text
  }
}

class Replacer implements Hider {
  /** As written and as read → as written. */
  readonly #forms: ReadonlyMap<string, string>
  readonly #known: KnownSecrets
  readonly #pairs: KnownSecrets
  /** By each text in which a sentence may quote the pair. */
  readonly #valueOf: ReadonlyMap<string, string>
  readonly #placeholders: Placeholders
  readonly #plain: PlainWords

  constructor({ secrets, pairs }: Collector, placeholders: Placeholders, plain: PlainWords) {
    this.#forms = formsOf([...secrets], (form) => !plain.has(form))
    this.#known = new KnownSecrets(this.#forms.keys())
    const pairForms = formsOf([...pairs.keys()], () => true)
    this.#valueOf = new Map([...pairForms].map(([form, pair]) => [form, pairs.get(pair) ?? '']))
    this.#pairs = new KnownSecrets(pairForms.keys())
    this.#placeholders = placeholders
    this.#plain = plain
  }

  secret(text: string): string {
    return this.#placeholders.placeholder(text)
  }

  known(text: string, where: 'prose' | 'field'): string {
    const quoted = where === 'field' ? text : this.#pairs.replace(text, standsAlone(text), (pair) => this.#pair(pair))
    const counts = (one: Occurrence) => this.#plain.isUnmistakable(one, quoted, where)
    return this.#known.replace(quoted, counts, (form) => this.secret(this.#forms.get(form) ?? form))
  }

  #pair(pair: string): string {
    const value = this.#valueOf.get(pair) ?? ''
    return pair.slice(0, pair.indexOf('=') + 1) + this.secret(value)
  }
}

/** Secrets by each text in which a sentence may quote them: raw, bytes read as UTF-8, percent-decoded. */
function formsOf(secrets: readonly string[], counts: (form: string) => boolean): Map<string, string> {
  const forms = new Map<string, string>()
  const add = (form: string | null, secret: string) => {
    if (form !== null && counts(form)) forms.set(form, secret)
  }
  for (const secret of secrets) for (const form of [percentDecoded(secret), decodeUtf8(secret)]) add(form, secret)
  for (const secret of secrets) add(secret, secret)
  return forms
}

function percentDecoded(text: string): string | null {
  if (!text.includes('%')) return null
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function walk(report: Report, bare: BareToken, hider: Hider): Report {
  return {
    ...report,
    page: redactUrl(report.page, hider),
    exchanges: report.exchanges.map((exchange) => walkExchange(exchange, bare, hider)),
    ...(report.storeWrites && {
      storeWrites: report.storeWrites.map((write) => ({ ...write, cookie: walkCookie(write.cookie, hider) })),
    }),
    diagnoses: report.diagnoses.map((diagnosis) => walkDiagnosis(diagnosis, hider)),
    ...(report.story && { story: walkStory(report.story, hider) }),
  }
}

function walkExchange(exchange: ReportExchange, bare: BareToken, hider: Hider): ReportExchange {
  const { url, initiator, frames, redirectChain, requestHeaders, responseHeaders, verdict, observed } = exchange
  const urls = (list: readonly string[]) => list.map((one) => redactUrl(one, hider))
  return {
    ...exchange,
    url: redactUrl(url, hider),
    initiator: initiator === null ? null : redactUrl(initiator, hider),
    frames: urls(frames),
    ...(redirectChain && { redirectChain: urls(redirectChain) }),
    requestHeaders: requestHeaders.map((header) => redactHeader(header, bare, hider)),
    responseHeaders: responseHeaders.map((header) => redactHeader(header, bare, hider)),
    verdict: {
      setCookies: verdict.setCookies.map((line) => walkSetCookie(line, bare, hider)),
      cookies: verdict.cookies.map((cookie) => walkCookieVerdict(cookie, bare, hider)),
    },
    observed: observed.map((one) => walkObserved(one, hider)),
  }
}

function walkSetCookie(verdict: SetCookieVerdict, bare: BareToken, hider: Hider): SetCookieVerdict {
  return {
    ...verdict,
    line: redactLine(verdict.line, bare, hider),
    cookie: verdict.cookie && walkCookie(verdict.cookie, hider),
    reasons: verdict.reasons.map((reason) => walkReason(reason, bare, hider)),
    warnings: verdict.warnings.map((reason) => walkReason(reason, bare, hider)),
  }
}

function walkCookieVerdict(verdict: CookieVerdict, bare: BareToken, hider: Hider): CookieVerdict {
  return {
    ...verdict,
    cookie: walkCookie(verdict.cookie, hider),
    reasons: verdict.reasons.map((reason) => walkReason(reason, bare, hider)),
  }
}

function walkCookie(cookie: StoredCookie, hider: Hider): StoredCookie {
  return { ...cookie, value: hider.secret(cookie.value, cookie.name), path: redactPath(cookie.path, hider) }
}

function walkObserved(observed: Observed, hider: Hider): Observed {
  const { evidence, cookie } = observed
  return { ...observed, evidence: walkProse(evidence, hider), ...(cookie && { cookie: walkCookie(cookie, hider) }) }
}

function walkReason(reason: Reason, bare: BareToken, hider: Hider): Reason {
  const { title, explanation, fix } = reason
  return {
    ...reason,
    title: walkProse(title, hider),
    explanation: walkProse(explanation, hider),
    ...(fix && {
      fix: {
        ...fix,
        ...(fix.setCookie !== undefined && { setCookie: redactLine(fix.setCookie, bare, hider) }),
        notes: fix.notes.map((note) => walkProse(note, hider)),
        ...(fix.snippets && { snippets: fix.snippets.map((snippet) => walkSnippet(snippet, hider)) }),
      },
    }),
  }
}

function walkDiagnosis(diagnosis: Diagnosis, hider: Hider): Diagnosis {
  const { title, explanation, matters, changes, snippets, check } = diagnosis
  return {
    ...diagnosis,
    title: walkProse(title, hider),
    explanation: walkProse(explanation, hider),
    ...(matters !== undefined && { matters: walkProse(matters, hider) }),
    ...(changes && { changes: changes.map((change) => walkProse(change, hider)) }),
    ...(snippets && { snippets: snippets.map((snippet) => walkSnippet(snippet, hider)) }),
    ...(check !== undefined && { check: walkProse(check, hider) }),
  }
}

/** Ours but for names of hosts and cookies: what stands in them is no secret, and is held against the known ones all the same. */
function walkSnippet<Lines extends StackSnippet>(snippet: Lines, hider: Hider): Lines {
  const { lines, note } = snippet
  return { ...snippet, lines: walkProse(lines, hider), ...(note !== undefined && { note: walkProse(note, hider) }) }
}

function walkStory(story: Story, hider: Hider): Story {
  const told = <Told extends { title: string; detail: string }>(one: Told): Told => ({
    ...one,
    title: walkProse(one.title, hider),
    detail: walkProse(one.detail, hider),
  })
  return {
    ...story,
    why: story.why.map((why) => walkProse(why, hider)),
    sentence: walkProse(story.sentence, hider),
    steps: story.steps.map(told),
    parties: story.parties.map((party) => ({ ...party, id: redactUrl(party.id, hider) })),
    arrows: story.arrows.map((arrow) => ({
      ...arrow,
      party: redactUrl(arrow.party, hider),
      label: walkProse(arrow.label, hider),
    })),
    checks: story.checks.map(told),
  }
}

/** Prose is matched as one piece, so that a quotation's backticks are seen beside it. */
function walkProse(text: string, hider: Hider): string {
  return redactText(text, hider, (rest) => redactTokens(rest, hider, 'prose'))
}
