/** Chromium's `navigator.userAgentData`, which the common DOM types lack. */
interface UserAgentData {
  getHighEntropyValues(hints: ['fullVersionList']): Promise<{ fullVersionList?: { brand: string; version: string }[] }>
}

/** Chromium's full version; of the user agent string, only the first number is true. */
export const chromiumVersion = async (): Promise<string> => {
  const { userAgentData } = navigator as Navigator & { userAgentData?: UserAgentData }
  const brands = (await userAgentData?.getHighEntropyValues(['fullVersionList']))?.fullVersionList
  const version = brands?.find(({ brand }) => brand === 'Chromium')?.version
  return version ?? /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? ''
}
