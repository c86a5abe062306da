/** The URL of a page that host permissions are about; null for about:blank and the browser's own pages. */
export const webPage = (url: string): URL | null => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed : null
}

/**
 * Match pattern for what must be seen of a page's host; null where no host is concerned. Both schemes: the cookies API
 * counts a cookie without Secure as one of http, on an https page too.
 */
export const hostPattern = (pageUrl: string): string | null => {
  const url = webPage(pageUrl)
  return url === null ? null : `*://${url.hostname}/*`
}
