/** What Firefox does with third-party cookies: `network.cookie.cookieBehavior`. */
export type FirefoxThirdPartyMode = 'partitioned' | 'allowed' | 'blocked'

export type Preferences = Record<string, string | number | boolean>

const cookieBehavior = { allowed: 0, blocked: 1, partitioned: 5 } as const

/** No word to or from Mozilla, and no page but ours. Puppeteer's own preferences do the rest. */
const quiet: Preferences = {
  'app.update.auto': false,
  'app.update.enabled': false,
  'browser.region.update.enabled': false,
  'browser.region.network.url': '',
  'browser.aboutwelcome.enabled': false,
  'browser.discovery.enabled': false,
  'datareporting.usage.uploadEnabled': false,
  'termsofuse.acceptedVersion': 999,
  'extensions.blocklist.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'network.trr.mode': 5,
  'network.websocket.delay-failed-reconnects': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
}

/** As the browser's user has it, where Puppeteer or a test server would make it different. */
const asUsual: Preferences = {
  // Puppeteer turns the standard protection into "all cookies allowed".
  'browser.contentblocking.features.standard':
    '-tp,tpPrivate,cookieBehavior5,cookieBehaviorPBM5,-cryptoTP,-fp,-stp,-emailTP,-lvl2,rp,-rpTop,ocsp,-qps,-qpsPBM,-fpp,fppPrivate,-btp',
  // A page of ours is served by this machine: that is how tests are, and no page should be asked about it.
  'network.lna.enabled': false,
  'network.lna.blocking': false,
  'network.lna.etp.enabled': false,
  // An http page stays an http page: as Chromium is started, too.
  'dom.security.https_first': false,
  'dom.security.https_first_pbm': false,
  'dom.security.https_only_mode': false,
  'network.stricttransportsecurity.preloadlist': false,
  // Cookies stay until the test removes them.
  'privacy.bounceTrackingProtection.mode': 0,
  'privacy.purge_trackers.enabled': false,
}

/** Every host, localhost and addresses too, through a SOCKS proxy that takes names as they are. */
const through = (proxyPort: number): Preferences => ({
  'network.proxy.type': 1,
  'network.proxy.socks': '127.0.0.1',
  'network.proxy.socks_port': proxyPort,
  'network.proxy.socks_version': 5,
  'network.proxy.socks_remote_dns': true,
  'network.proxy.allow_hijacking_localhost': true,
  'network.proxy.testing_localhost_is_secure_when_hijacked': true,
  'network.proxy.failover_direct': false,
  'network.proxy.no_proxies_on': '',
})

export const preferencesFor = (options: {
  thirdPartyCookies: FirefoxThirdPartyMode
  proxyPort: number | null
  /** Gecko ids and the host of their moz-extension: URLs. */
  uuids: Readonly<Record<string, string>>
  hostAccess: boolean
}): Preferences => ({
  ...quiet,
  ...asUsual,
  ...(options.proxyPort === null ? {} : through(options.proxyPort)),
  'network.cookie.cookieBehavior': cookieBehavior[options.thirdPartyCookies],
  'extensions.webextensions.uuids': JSON.stringify(options.uuids),
  'extensions.originControls.grantByDefault': options.hostAccess,
})
