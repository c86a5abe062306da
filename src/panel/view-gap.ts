import type { Browser, Gap, GapKind } from '../contract.ts'

/** What a gap means, and what to do about it. */
export const GAP_WORDS: Readonly<Record<GapKind, { readonly meaning: string; readonly remedy: string }>> = {
  'not-recording': {
    meaning:
      'Recording was switched off. What the page requested in that time is missing here, and a cookie that was set then counts as one that was there before.',
    remedy: 'To see it, record and do it again.',
  },
  'no-host-access': {
    meaning:
      'The browser kept this site’s requests and cookies from Cookie Verdict, which had no access to the site. Verdicts next to this gap may lack a cookie that was set meanwhile.',
    remedy: 'Allow access to the site, then reload the page.',
  },
  'tab-crashed': {
    meaning: 'The page’s process ended. Requests that were under way have no end here, and some may be missing.',
    remedy: 'Reload the page, and do it again if the crash came in the middle of it.',
  },
  'connection-lost': {
    meaning: 'The extension was updated, reloaded or switched off, and can record nothing more here.',
    remedy: 'Close DevTools and open it again to go on. Export first what you want to keep.',
  },
  interrupted: {
    meaning:
      'The browser ended the part of the extension that listens. It was started again at once, but requests of that moment may be missing, and those that were under way have no end here.',
    remedy: 'If the moment matters, clear the log and do it again.',
  },
  capacity: {
    meaning:
      'The log keeps about 20,000 requests, fewer if they are large. When it is full, the oldest ones without a problem are given up, then the oldest ones with one.',
    remedy: 'Clear the log before you do what you want to look at.',
  },
}

/** `no-host-access`, where the page itself was seen: what the browser keeps from an extension. */
export function unseenHostsWords(browser: Browser): { readonly meaning: string; readonly remedy: string } {
  const kept =
    browser === 'firefox'
      ? 'all that was asked of these hosts, and what their pages and frames asked for,'
      : 'navigations to these hosts, and what their pages and frames asked for,'
  return {
    meaning: `The browser kept ${kept} from Cookie Verdict, which has no access there. A redirect through one of them is missing here, with the cookies that it set.`,
    remedy:
      'Allow access to them, or to all sites in the browser’s settings for the extension, then do what you want to look at again.',
  }
}

/** In the footer: `1,250 older given up`; empty where no request was. */
export function givenUpText({ exchanges }: Gap): string {
  return exchanges ? `${exchanges.toLocaleString('en-GB')} older given up` : ''
}

/** What access to some sites means for the log, and how to have more. */
export function onlySitesText(sites: readonly string[]): string {
  return `Cookie Verdict may see only ${sites.join(', ')}. What goes to other sites may be missing here. To let it see them, allow it all sites in the browser’s settings for the extension.`
}

/** What it means that the extension itself failed at something, and what to do. @param problem as the browser said it */
export function ownProblemText(problem: string): string {
  return `${problem.replace(/\.$/, '')}. What the log has stands. What it tells from then on may rest on less: if a verdict there matters, clear the log and do it again.`
}
