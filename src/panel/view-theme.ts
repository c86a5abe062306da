import browser from 'webextension-polyfill'

/** Chromium's own, which the polyfill's types leave out. */
interface ChromiumPanels {
  setThemeChangeHandler?(handler: (themeName: string) => void): void
}

/** Dresses the page in the theme of DevTools, now and when it changes. */
export function followTheme(): void {
  const { panels } = browser.devtools
  const apply = (themeName: string) => {
    document.documentElement.setAttribute('data-theme', themeName === 'dark' ? 'dark' : 'light')
  }
  apply(panels.themeName)
  panels.onThemeChanged?.addListener(apply)
  ;(panels as ChromiumPanels).setThemeChangeHandler?.(apply)
}
